SELECT lot, at_code, state, carats, found, circumstances, legal_basis, seized_by, witness, seized_on, decided_by, decision,
       ended_on
FROM trade_seized_lot
WHERE lot = $1
