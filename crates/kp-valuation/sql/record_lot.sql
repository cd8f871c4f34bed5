INSERT INTO valuation_lot (lot, position, code, application, licence_number, required, opened_on, opened_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
