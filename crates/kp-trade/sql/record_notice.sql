INSERT INTO trade_notice (position, number, what, code, circumstances, reported_by, reported_on)
VALUES ($1, $2, $3, $4, $5, $6, $7)
