INSERT INTO statistics_presentation (position, number, code, arrived_on, carats, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6)
