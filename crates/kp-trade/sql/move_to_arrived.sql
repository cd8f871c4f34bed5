UPDATE trade_certificate SET state = 'arrived' WHERE number = $1 AND state = 'departed'
