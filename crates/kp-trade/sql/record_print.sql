INSERT INTO trade_print (position, number, copy, reason, printed_by, printed_at)
VALUES ($1, $2, $3, $4, $5, $6)
