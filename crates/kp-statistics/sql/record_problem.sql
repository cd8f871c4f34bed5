INSERT INTO statistics_problem (position, sentence) VALUES ($1, $2)
