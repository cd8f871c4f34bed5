INSERT INTO statistics_return_step (code, annex_table, period, step, reached_on) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (code, annex_table, period) DO UPDATE SET step = excluded.step, reached_on = excluded.reached_on
