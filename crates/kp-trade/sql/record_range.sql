INSERT INTO trade_range (position, code, office, first_serial, last_serial, allotted_on)
VALUES ($1, $2, $3, $4, $5, $6)
