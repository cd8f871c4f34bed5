UPDATE accounts_passkey
SET counter = $2, last_used_at = $3
WHERE credential_id = $1 AND ended_at IS NULL AND (counter < $2 OR (counter = 0 AND $2 = 0))
