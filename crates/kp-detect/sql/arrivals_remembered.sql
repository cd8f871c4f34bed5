SELECT at_code, carats, arrived_on, log_place, position FROM detect_arrival WHERE number = $1 ORDER BY position
