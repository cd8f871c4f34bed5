INSERT INTO detect_draft (number, position, log_place) VALUES ($1, $2, $3)
