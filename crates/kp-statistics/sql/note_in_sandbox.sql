INSERT INTO statistics_sandbox_note (sandbox_id, code, kind, figure, words, noted_by, noted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (sandbox_id, kind, figure)
DO UPDATE SET words = excluded.words, noted_by = excluded.noted_by, noted_at = excluded.noted_at
