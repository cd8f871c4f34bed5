UPDATE trade_certificate SET approved_by = $2, approved_on = $3 WHERE number = $1
