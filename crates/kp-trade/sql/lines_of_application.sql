SELECT hs, carats, value_cents FROM trade_line WHERE application = $1 ORDER BY hs
