SELECT how, reported_on, log_place
FROM detect_blank_missing
WHERE code = $1 AND first_serial <= $2 AND last_serial >= $2
ORDER BY position
