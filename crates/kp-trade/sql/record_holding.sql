INSERT INTO trade_holding (position, number, at_code, state, moves, reason, codes, inform_by, detained_by, detained_on)
VALUES ($1, $2, $3, 'detained', $4, $5, $6, $7, $8, $9)
