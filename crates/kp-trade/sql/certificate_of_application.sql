SELECT number FROM trade_certificate WHERE application = $1
