SELECT MAX(last_at) FROM log_head WHERE office = $1
