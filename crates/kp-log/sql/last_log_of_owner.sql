SELECT log_id, frontier FROM log_head WHERE owner = $1 AND office = $2 ORDER BY log_year DESC LIMIT 1
