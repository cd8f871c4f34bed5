UPDATE trade_certificate SET replaced_by = $2 WHERE number = $1
