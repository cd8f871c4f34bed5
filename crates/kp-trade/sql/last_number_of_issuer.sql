SELECT number FROM trade_certificate WHERE code = $1 ORDER BY LENGTH(number) DESC, number DESC LIMIT 1
