SELECT destination FROM trade_certificate WHERE number = $1
