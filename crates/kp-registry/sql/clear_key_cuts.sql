DELETE FROM registry_key_cut WHERE key_id = $1
