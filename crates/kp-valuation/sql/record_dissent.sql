INSERT INTO valuation_dissent (position, lot, words, dissented_by, dissented_on) VALUES ($1, $2, $3, $4, $5)
