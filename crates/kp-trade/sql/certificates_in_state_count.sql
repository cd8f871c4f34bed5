SELECT COUNT(*) FROM trade_certificate WHERE state = $1
