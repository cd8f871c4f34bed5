DELETE FROM accounts_answer WHERE at < $1
