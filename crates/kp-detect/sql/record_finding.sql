INSERT INTO detect_finding (finding_id, detector, code, subject, found_at, found_on, body)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (finding_id) DO UPDATE SET body = excluded.body
