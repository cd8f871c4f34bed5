SELECT log_id, size, frontier, checkpoint FROM log_head ORDER BY log_id
