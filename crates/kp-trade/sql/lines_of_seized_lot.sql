SELECT hs, carats
FROM trade_seized_lot_line
WHERE lot = $1
ORDER BY hs
