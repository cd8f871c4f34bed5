INSERT INTO log_statement (position, statement_hash, kind, signed) VALUES ($1, $2, $3, $4)
