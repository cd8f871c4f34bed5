UPDATE accounts_recovery
SET ended = $2, ended_by = $3, ended_at = $4
WHERE recovery_id = $1 AND ended IS NULL
