SELECT e.position, e.log_id, e.entry_number, s.signed
FROM log_entry e JOIN log_statement s ON s.position = e.position
WHERE e.subject = $1 AND s.kind = $2 AND e.position < $3
ORDER BY e.position
