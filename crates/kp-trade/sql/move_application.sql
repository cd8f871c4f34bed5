UPDATE trade_application SET state = $2 WHERE application = $1
