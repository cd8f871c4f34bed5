INSERT INTO statistics_forced (position, row_order, rule, reason) VALUES ($1, $2, $3, $4)
