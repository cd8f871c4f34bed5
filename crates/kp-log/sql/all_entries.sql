SELECT e.position, e.log_id, e.entry_number, e.subject, e.leaf, e.leaf_hash, s.statement_hash, s.kind, s.signed
FROM log_entry e LEFT JOIN log_statement s ON s.position = e.position
ORDER BY e.position
