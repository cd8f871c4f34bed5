SELECT number
FROM search_seal
WHERE body = $1 AND seal >= $2 AND seal <= $3
ORDER BY seal, number
LIMIT $4
