INSERT INTO accounts_trail (number, at, by_whom, what, about, detail, chain)
VALUES ($1, $2, $3, $4, $5, $6, $7)
