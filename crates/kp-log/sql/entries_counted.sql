SELECT h.log_id, h.size, COUNT(e.entry_number), COALESCE(MAX(e.entry_number), -1)
FROM log_head h LEFT JOIN log_entry e ON e.log_id = h.log_id
GROUP BY h.log_id, h.size
ORDER BY h.log_id
