SELECT COUNT(*) FROM trade_problem WHERE about = $1 AND log_id = $2
