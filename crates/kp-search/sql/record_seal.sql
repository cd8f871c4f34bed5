INSERT INTO search_seal (body, seal, number) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
