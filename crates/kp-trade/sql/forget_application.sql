DELETE FROM trade_application WHERE application = $1
