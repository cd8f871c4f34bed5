INSERT INTO accounts_token (token_id, officer_id, label, token_hash, scopes, made_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
