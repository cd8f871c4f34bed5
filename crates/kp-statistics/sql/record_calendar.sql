INSERT INTO statistics_calendar (position, begins, decision) VALUES ($1, $2, $3)
