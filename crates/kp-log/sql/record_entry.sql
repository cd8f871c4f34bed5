INSERT INTO log_entry (position, log_id, entry_number, subject, leaf, leaf_hash) VALUES ($1, $2, $3, $4, $5, $6)
