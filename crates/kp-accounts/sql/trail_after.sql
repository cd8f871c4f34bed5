SELECT number, at, by_whom, what, about, detail, chain
FROM accounts_trail
WHERE number > $1
ORDER BY number
LIMIT $2
