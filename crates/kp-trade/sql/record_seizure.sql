UPDATE trade_holding
SET state = 'seized', lot = $2, carats = $3, seized_by = $4, seized_on = $5, legal_basis = $6
WHERE position = $1
