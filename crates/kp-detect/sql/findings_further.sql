SELECT found_at, found_on, body FROM detect_finding
WHERE (found_at < $1 OR (found_at = $1 AND finding_id > $2)) AND ($3 = '' OR code = $3) AND found_on <= $4
ORDER BY found_at DESC, finding_id
LIMIT $5
