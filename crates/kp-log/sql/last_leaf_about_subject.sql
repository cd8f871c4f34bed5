SELECT e.leaf
FROM log_entry e JOIN log_head h ON h.log_id = e.log_id
WHERE e.subject = $1 AND h.office = $2
ORDER BY e.position DESC
LIMIT 1
