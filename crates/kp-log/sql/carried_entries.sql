SELECT e.entry_number, e.leaf, s.signed
FROM log_entry e JOIN log_statement s ON s.position = e.position
WHERE e.log_id = $1 AND e.entry_number >= $2
ORDER BY e.entry_number
