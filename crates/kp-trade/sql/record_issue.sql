UPDATE trade_certificate SET issued_by = $2, issued_on = $3, expires_on = $4 WHERE number = $1
