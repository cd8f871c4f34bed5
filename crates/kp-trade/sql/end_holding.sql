UPDATE trade_holding SET state = $2, ended_on = $3 WHERE position = $1
