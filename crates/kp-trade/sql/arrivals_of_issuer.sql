SELECT position, number, at_code, carats_received, seals_intact, arrived_on, recorded_by FROM trade_arrival
WHERE number LIKE $1 ORDER BY position
