INSERT INTO statistics_approval (position, annex_table, period, approved_by, approved_on) VALUES ($1, $2, $3, $4, $5)
