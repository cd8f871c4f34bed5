INSERT INTO search_near (near, word) VALUES ($1, $2) ON CONFLICT DO NOTHING
