INSERT INTO trade_line (application, hs, carats, value_cents) VALUES ($1, $2, $3, $4)
