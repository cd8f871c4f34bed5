SELECT COUNT(*) FROM trade_application WHERE code = $2 AND state = $1
