INSERT INTO trade_problem (position, log_id, about, sentence) VALUES ($1, $2, $3, $4)
