SELECT s.position, s.kind
FROM log_statement s LEFT JOIN log_entry e ON e.position = s.position
WHERE e.position IS NULL
ORDER BY s.position
