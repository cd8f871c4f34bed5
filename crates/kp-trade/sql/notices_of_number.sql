SELECT position, what, code, circumstances, reported_by, reported_on FROM trade_notice WHERE number = $1 ORDER BY position
