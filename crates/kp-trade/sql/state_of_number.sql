SELECT state FROM trade_certificate WHERE number = $1
