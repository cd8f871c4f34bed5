SELECT log_id, size, checkpoint FROM log_head ORDER BY log_id
