INSERT INTO valuation_value_line (lot, stage, party, sort, value_cents) VALUES ($1, $2, $3, $4, $5)
