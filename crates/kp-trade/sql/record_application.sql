INSERT INTO trade_application (application, code, licence_number, importer, importer_address, destination, origin,
                               parcels, carats, value_cents, declared_by, applied_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
