SELECT COUNT(*) FROM trade_certificate c WHERE c.code = $2 AND c.state = $1
