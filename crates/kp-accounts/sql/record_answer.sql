INSERT INTO accounts_answer (officer_id, name, request, status, answer, at) VALUES ($1, $2, $3, $4, $5, $6)
