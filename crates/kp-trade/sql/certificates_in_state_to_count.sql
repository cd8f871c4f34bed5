SELECT COUNT(*) FROM trade_certificate c WHERE c.destination = $2 AND c.state = $1
