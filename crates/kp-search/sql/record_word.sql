INSERT INTO search_word (body, kind, word, reference) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
