SELECT number, at, by_whom, body, what, about, owner, chain
FROM accounts_look
WHERE number < $1
ORDER BY number DESC
LIMIT $2
