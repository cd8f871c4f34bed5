SELECT hs, carats, value_cents FROM trade_arrival_line WHERE position = $1 ORDER BY hs
