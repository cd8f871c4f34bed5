SELECT credential_id, officer_id, name, site, public_key, counter, keeping, opens, made_at, last_used_at
FROM accounts_passkey
WHERE credential_id = $1 AND ended_at IS NULL
