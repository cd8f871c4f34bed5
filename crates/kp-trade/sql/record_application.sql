INSERT INTO trade_application (application, code, licence_number, importer, importer_address, destination, origin,
                               parcels, carats, value_cents, declared_by, applied_on, state, kind, purpose,
                               file_reference, transit_purpose, exporter, exporter_address, containers, replaces)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'applied', $13, $14, $15, $16, $17, $18, $19, $20)
