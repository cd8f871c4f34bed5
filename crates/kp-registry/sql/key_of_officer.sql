SELECT withdrawn_at FROM registry_key WHERE officer_id = $1 AND key_id = $2
