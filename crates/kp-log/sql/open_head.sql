INSERT INTO log_head (log_id, owner, log_year, size, frontier, last_at, checkpoint, office)
VALUES ($1, $2, $3, 0, $4, $5, '', $6)
