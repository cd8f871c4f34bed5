SELECT key_id FROM registry_key WHERE officer_id = $1 AND withdrawn_at IS NULL ORDER BY key_id
