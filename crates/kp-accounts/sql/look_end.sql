SELECT number, chain
FROM accounts_look
ORDER BY number DESC
LIMIT 1
