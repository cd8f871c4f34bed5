UPDATE trade_certificate SET departed_at = $2, departed_on = $3 WHERE number = $1
