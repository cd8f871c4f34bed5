INSERT INTO cases_step (position, case_number, step, by_whom, on_day, text, late) VALUES ($1, $2, $3, $4, $5, $6, $7)
