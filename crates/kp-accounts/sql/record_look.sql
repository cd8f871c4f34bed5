INSERT INTO accounts_look (number, at, by_whom, body, what, about, owner, chain)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
