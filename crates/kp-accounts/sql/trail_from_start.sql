SELECT number, at, by_whom, what, about, detail, chain
FROM accounts_trail
ORDER BY number
