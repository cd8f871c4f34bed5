SELECT log_id, from_entry FROM registry_key_cut WHERE key_id = $1 ORDER BY log_id
