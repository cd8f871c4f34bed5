SELECT position, at_code, container, seals, entered_on, entered_by, ended_as, ended_on
FROM trade_transit
WHERE number = $1
ORDER BY position
