DELETE FROM accounts_recovery_code
WHERE officer_id = $1
