SELECT e.position, e.log_id, e.entry_number, s.signed
FROM log_entry e JOIN log_statement s ON s.position = e.position
WHERE e.log_id = $1 AND e.entry_number = $2
