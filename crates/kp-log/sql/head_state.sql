SELECT frontier, last_at, checkpoint FROM log_head WHERE log_id = $1
