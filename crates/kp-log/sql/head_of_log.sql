SELECT frontier, checkpoint FROM log_head WHERE log_id = $1
