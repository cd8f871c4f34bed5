INSERT INTO registry_key_cut (key_id, log_id, from_entry) VALUES ($1, $2, $3)
