SELECT token_id, officer_id, label, token_hash, scopes, made_at, expires_at, ended_at
FROM accounts_token
WHERE token_id = $1
