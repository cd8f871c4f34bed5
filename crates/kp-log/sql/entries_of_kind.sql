SELECT e.position, e.log_id, e.entry_number, s.signed
FROM log_statement s JOIN log_entry e ON e.position = s.position
WHERE s.kind = $1
ORDER BY s.position
