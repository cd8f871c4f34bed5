SELECT leaf_hash FROM log_entry WHERE log_id = $1 ORDER BY entry_number
