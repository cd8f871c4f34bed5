INSERT INTO trade_arrival_line (position, hs, carats, value_cents) VALUES ($1, $2, $3, $4)
