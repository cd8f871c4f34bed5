SELECT officer_id, purpose, issued_by, expires_at, used_at
FROM accounts_invitation
WHERE code_hash = $1
