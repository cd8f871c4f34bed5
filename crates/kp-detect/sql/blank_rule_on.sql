SELECT value
FROM detect_blank_rule
WHERE code = $1 AND effective_from <= $2
ORDER BY effective_from DESC, position DESC
LIMIT 1
