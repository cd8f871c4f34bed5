DELETE FROM trade_line WHERE application = $1
