INSERT INTO trade_source (application, number, carats) VALUES ($1, $2, $3)
