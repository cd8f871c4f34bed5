UPDATE trade_certificate SET ended_on = $2, ended_because = $3 WHERE number = $1
