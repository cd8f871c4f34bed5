UPDATE log_head SET size = $2, frontier = $3, last_at = $4, checkpoint = $5 WHERE log_id = $1
