UPDATE accounts_token
SET ended_at = $2
WHERE token_id = $1 AND ended_at IS NULL
