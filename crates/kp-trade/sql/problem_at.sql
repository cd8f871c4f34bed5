SELECT about, sentence FROM trade_problem WHERE position = $1
