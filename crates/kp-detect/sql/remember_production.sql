INSERT INTO detect_production (code, half, carats)
VALUES ($1, $2, $3)
ON CONFLICT (code, half) DO UPDATE SET carats = excluded.carats
