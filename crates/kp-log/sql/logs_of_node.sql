SELECT log_id FROM log_head WHERE office = $1 ORDER BY log_id
