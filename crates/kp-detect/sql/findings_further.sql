SELECT f.found_at, f.found_on,
       COALESCE((SELECT v.body FROM detect_finding_version v
                 WHERE v.finding_id = f.finding_id AND v.said_on <= $4
                 ORDER BY v.position DESC LIMIT 1), f.body)
FROM detect_finding f
WHERE (f.found_at < $1 OR (f.found_at = $1 AND f.finding_id > $2)) AND ($3 = '' OR f.code = $3) AND f.found_on <= $4
ORDER BY f.found_at DESC, f.finding_id
LIMIT $5
