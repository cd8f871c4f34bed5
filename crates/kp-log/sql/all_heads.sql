SELECT log_id, owner, log_year, size, frontier, last_at, checkpoint FROM log_head ORDER BY log_id
