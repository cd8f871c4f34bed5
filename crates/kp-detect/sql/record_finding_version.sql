INSERT INTO detect_finding_version (finding_id, position, said_on, body)
SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT)
WHERE NOT EXISTS (SELECT 1 FROM detect_finding f WHERE f.finding_id = $1 AND f.body = $4)
ON CONFLICT (finding_id, position) DO UPDATE SET body = excluded.body
