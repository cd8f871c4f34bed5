SELECT office, log_place
FROM detect_range
WHERE code = $1 AND first_serial <= $2 AND last_serial >= $2
ORDER BY position
