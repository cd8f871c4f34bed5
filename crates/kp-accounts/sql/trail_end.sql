SELECT number, chain
FROM accounts_trail
ORDER BY number DESC
LIMIT 1
