DELETE FROM accounts_answer WHERE officer_id = $1 AND name = $2 AND status = 0
