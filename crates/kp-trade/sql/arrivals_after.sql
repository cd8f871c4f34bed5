SELECT position, number, at_code, carats_received, seals_intact, arrived_on, recorded_by, parcels, container, seals, channel,
       importer
FROM trade_arrival
WHERE position > $1
ORDER BY position
LIMIT $2
