SELECT size, frontier, last_at FROM log_head WHERE log_id = $1
