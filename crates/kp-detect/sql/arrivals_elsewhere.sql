SELECT position, at_code, carats, arrived_on
FROM detect_arrival
WHERE number = $1 AND at_code <> $2
ORDER BY position
