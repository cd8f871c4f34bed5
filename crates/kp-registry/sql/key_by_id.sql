SELECT officer_id, withdrawn_at FROM registry_key WHERE key_id = $1
