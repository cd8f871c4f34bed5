INSERT INTO detect_blank_missing (position, code, first_serial, last_serial, how, reported_on, log_place)
VALUES ($1, $2, $3, $4, $5, $6, $7)
