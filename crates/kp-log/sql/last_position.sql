SELECT COALESCE(MAX(position), 0) FROM log_entry
