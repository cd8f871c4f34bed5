UPDATE accounts_account
SET factor = $2, factor_step = $3
WHERE officer_id = $1
