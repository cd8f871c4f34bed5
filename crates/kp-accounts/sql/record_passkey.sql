INSERT INTO accounts_passkey (credential_id, officer_id, name, site, public_key, counter, keeping, opens, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (credential_id) DO NOTHING
