INSERT INTO accounts_invitation (code_hash, officer_id, purpose, issued_by, issued_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6)
