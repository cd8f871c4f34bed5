INSERT INTO valuation_explanation (position, lot, matter, figures, explanation, explained_by, explained_on)
VALUES ($1, $2, $3, $4, $5, $6, $7)
