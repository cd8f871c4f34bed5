UPDATE trade_seized_lot
SET state = $2, decided_by = $3, decision = $4
WHERE lot = $1
