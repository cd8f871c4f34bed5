SELECT position, log_id, about, sentence FROM trade_problem ORDER BY position
