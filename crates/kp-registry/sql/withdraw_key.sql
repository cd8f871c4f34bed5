UPDATE registry_key SET withdrawn_at = $2 WHERE key_id = $1
