INSERT INTO trade_seized_lot (lot, at_code, state, carats, found, circumstances, legal_basis, seized_by, witness, seized_on)
VALUES ($1, $2, 'seized', $3, $4, $5, $6, $7, $8, $9)
