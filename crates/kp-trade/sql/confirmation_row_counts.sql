SELECT state, COUNT(*) FROM trade_confirmation_row WHERE position = $1 GROUP BY state ORDER BY state
