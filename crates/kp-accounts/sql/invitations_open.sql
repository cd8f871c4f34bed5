SELECT officer_id, purpose, issued_by, expires_at
FROM accounts_invitation
WHERE used_at IS NULL AND expires_at > $1
ORDER BY officer_id, expires_at
