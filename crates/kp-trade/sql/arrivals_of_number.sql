SELECT position, number, at_code, carats_received, seals_intact, arrived_on, recorded_by, parcels, container, seals, channel,
       importer
FROM trade_arrival
WHERE number = $1
ORDER BY position
