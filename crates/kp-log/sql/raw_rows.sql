SELECT e.position, e.log_id, e.entry_number, e.subject, e.leaf, e.leaf_hash, s.statement_hash, s.kind, s.signed
FROM log_entry e JOIN log_statement s ON s.position = e.position
WHERE e.position > $1
ORDER BY e.position
LIMIT $2
