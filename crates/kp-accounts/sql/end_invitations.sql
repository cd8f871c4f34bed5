UPDATE accounts_invitation
SET used_at = $2
WHERE officer_id = $1 AND used_at IS NULL
