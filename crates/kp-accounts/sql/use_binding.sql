UPDATE accounts_binding
SET last_used_at = $2
WHERE binding_id = $1 AND ended_at IS NULL
