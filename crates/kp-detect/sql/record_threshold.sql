INSERT INTO detect_threshold (position, threshold, value, reason, set_by, set_on)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (position) DO NOTHING
