SELECT COUNT(*) FROM trade_application WHERE state = $1
