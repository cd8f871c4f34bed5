SELECT position, number, at_code, state, moves, reason, codes, inform_by, detained_by, detained_on, lot, carats, seized_by,
       seized_on, legal_basis, ended_on
FROM trade_holding
WHERE at_code = $1 AND ended_on IS NULL
ORDER BY position
