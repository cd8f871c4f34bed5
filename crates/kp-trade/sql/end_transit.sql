UPDATE trade_transit SET ended_as = $3, ended_on = $4 WHERE number = $1 AND at_code = $2 AND ended_as IS NULL
