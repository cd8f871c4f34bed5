INSERT INTO registry_mandate (mandate, code, licence_number, broker, destinations, most_carats, most_cents, valid_from, valid_until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (mandate) DO NOTHING
