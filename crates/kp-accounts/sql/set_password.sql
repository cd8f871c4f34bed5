UPDATE accounts_account
SET password = $2, password_set_at = $3
WHERE officer_id = $1
