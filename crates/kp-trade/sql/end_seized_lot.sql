UPDATE trade_seized_lot
SET state = $2, decision = $3, ended_on = $4
WHERE lot = $1
