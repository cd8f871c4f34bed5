INSERT INTO statistics_sandbox (sandbox_id, code, annex_table, period, file, file_sha256, content, put_by, put_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (sandbox_id) DO UPDATE SET file = excluded.file, put_by = excluded.put_by, put_at = excluded.put_at
