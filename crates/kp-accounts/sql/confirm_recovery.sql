UPDATE accounts_recovery
SET confirmed_by = $2, confirmed_at = $3, ready_at = $4
WHERE recovery_id = $1 AND confirmed_by IS NULL AND ended IS NULL
