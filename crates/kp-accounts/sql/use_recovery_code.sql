UPDATE accounts_recovery_code
SET used_at = $3
WHERE officer_id = $1 AND code_hash = $2 AND used_at IS NULL
