SELECT position FROM trade_problem WHERE position BETWEEN $1 AND $2
