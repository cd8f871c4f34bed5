SELECT code, says FROM trade_discrepancy WHERE position = $1 ORDER BY code
