SELECT position, step, by_whom, on_day, text, late FROM cases_step WHERE case_number = $1 ORDER BY position
