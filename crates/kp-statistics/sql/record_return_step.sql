INSERT INTO statistics_return_step (code, annex_table, period, step, reached_on) VALUES ($1, $2, $3, $4, $5)
