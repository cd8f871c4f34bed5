SELECT COALESCE(MAX(e.position), 0)
FROM log_entry e JOIN log_head h ON h.log_id = e.log_id
WHERE e.subject = $1 AND h.office = $2
