SELECT leaf
FROM log_entry
WHERE log_id = $1 AND entry_number >= $2
ORDER BY entry_number
LIMIT $3
