UPDATE trade_holding SET state = $2 WHERE position = $1
