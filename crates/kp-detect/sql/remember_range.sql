INSERT INTO detect_range (position, code, office, first_serial, last_serial, log_place)
VALUES ($1, $2, $3, $4, $5, $6)
