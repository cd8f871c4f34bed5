UPDATE accounts_account
SET factor_step = $2
WHERE officer_id = $1 AND factor_step < $2
