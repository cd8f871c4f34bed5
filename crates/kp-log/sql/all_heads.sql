SELECT log_id, owner, log_year, size, frontier, last_at, checkpoint, office FROM log_head ORDER BY log_id
