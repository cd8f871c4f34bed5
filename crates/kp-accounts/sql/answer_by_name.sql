SELECT request, status, answer, at FROM accounts_answer WHERE officer_id = $1 AND name = $2
