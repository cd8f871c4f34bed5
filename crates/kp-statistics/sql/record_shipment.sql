INSERT INTO statistics_shipment (number, hs, code, carats, value_cents, arrived) VALUES ($1, $2, $3, $4, $5, 0)
