INSERT INTO detect_arrival (position, number, at_code, carats, arrived_on, log_place) VALUES ($1, $2, $3, $4, $5, $6)
