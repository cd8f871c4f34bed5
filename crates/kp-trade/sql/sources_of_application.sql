SELECT number, carats FROM trade_source WHERE application = $1 ORDER BY number
