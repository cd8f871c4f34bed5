SELECT rule, reason FROM statistics_forced WHERE position = $1 ORDER BY row_order
