INSERT INTO valuation_goods (lot, sort, carats) VALUES ($1, $2, $3)
