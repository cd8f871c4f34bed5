SELECT lot, at_code, state, carats, found, circumstances, legal_basis, seized_by, witness, seized_on, decided_by, decision,
       ended_on
FROM trade_seized_lot
WHERE at_code = $1
ORDER BY seized_on, lot
