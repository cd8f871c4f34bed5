INSERT INTO valuation_value (lot, stage, party, valued_by, key_id, sealed_at, commitment, sealed, price_book)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
