SELECT e.log_id, e.entry_number, twice.earliest
FROM (
  SELECT statement_hash, MIN(position) AS earliest
  FROM log_statement
  GROUP BY statement_hash
  HAVING COUNT(*) > 1
) twice
JOIN log_statement s ON s.statement_hash = twice.statement_hash
JOIN log_entry e ON e.position = s.position
WHERE s.position > twice.earliest
ORDER BY s.position
