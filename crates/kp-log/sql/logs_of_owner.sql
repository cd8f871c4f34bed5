SELECT log_id, size FROM log_head WHERE owner = $1 ORDER BY log_id
