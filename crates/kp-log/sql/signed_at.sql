SELECT signed FROM log_statement WHERE position = $1
