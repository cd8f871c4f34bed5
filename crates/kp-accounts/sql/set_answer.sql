UPDATE accounts_answer SET status = $3, answer = $4 WHERE officer_id = $1 AND name = $2
