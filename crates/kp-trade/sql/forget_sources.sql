DELETE FROM trade_source WHERE application = $1
