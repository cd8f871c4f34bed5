INSERT INTO trade_discrepancy (position, code, says) VALUES ($1, $2, $3)
