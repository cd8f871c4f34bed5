SELECT position, number, at_code, state, moves, reason, codes, inform_by, detained_by, detained_on, lot, carats, seized_by,
       seized_on, legal_basis, ended_on
FROM trade_holding
WHERE number = $1
ORDER BY position
