SELECT position FROM log_statement WHERE statement_hash = $1
