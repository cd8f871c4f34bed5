SELECT a.position, a.number, a.at_code, a.carats_received, a.seals_intact, a.arrived_on, a.recorded_by, a.parcels,
       a.container, a.seals, a.channel, a.importer
FROM trade_arrival a LEFT JOIN trade_confirmation c ON c.number = a.number
WHERE c.number IS NULL
ORDER BY a.position
