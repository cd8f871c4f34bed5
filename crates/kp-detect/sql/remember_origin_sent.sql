INSERT INTO detect_origin_sent (destination, origin)
VALUES ($1, $2)
ON CONFLICT (destination, origin) DO NOTHING
