INSERT INTO detect_cursor (stage, position) VALUES ('trade', $1)
ON CONFLICT (stage) DO UPDATE SET position = excluded.position
