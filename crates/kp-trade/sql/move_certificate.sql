UPDATE trade_certificate SET state = $2 WHERE number = $1
