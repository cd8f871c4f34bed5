SELECT number, at, by_whom, body, what, about, owner, chain
FROM accounts_look
ORDER BY number
