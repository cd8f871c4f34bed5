UPDATE trade_holding SET legal_basis = $2 WHERE position = $1
