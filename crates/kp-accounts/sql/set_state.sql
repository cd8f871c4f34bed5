UPDATE accounts_account
SET state = $2, since = $3
WHERE officer_id = $1
