INSERT INTO statistics_cursor (stage, position) VALUES ('count', $1)
ON CONFLICT (stage) DO UPDATE SET position = excluded.position
