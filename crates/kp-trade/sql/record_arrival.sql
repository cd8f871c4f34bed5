INSERT INTO trade_arrival (position, number, at_code, carats_received, seals_intact, arrived_on, recorded_by,
                           parcels, container, seals, channel, importer)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
