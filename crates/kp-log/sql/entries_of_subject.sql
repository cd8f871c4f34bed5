SELECT e.position, e.log_id, e.entry_number, s.signed
FROM log_entry e JOIN log_statement s ON s.position = e.position
WHERE e.subject = $1
ORDER BY e.position
