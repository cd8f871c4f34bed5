INSERT INTO search_cursor (stage, position) VALUES ('index', $1)
ON CONFLICT (stage) DO UPDATE SET position = excluded.position
