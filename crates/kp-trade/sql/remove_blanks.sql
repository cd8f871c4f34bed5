DELETE FROM trade_blank WHERE code = $1 AND first_serial = $2
