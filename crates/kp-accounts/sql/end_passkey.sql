UPDATE accounts_passkey
SET ended_why = $2, ended_at = $3
WHERE credential_id = $1 AND ended_at IS NULL
