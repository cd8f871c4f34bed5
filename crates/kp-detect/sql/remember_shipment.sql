INSERT INTO detect_shipment (number, code, destination, carats, value_cents, departed_on, log_place)
VALUES ($1, $2, $3, $4, $5, $6, $7)
