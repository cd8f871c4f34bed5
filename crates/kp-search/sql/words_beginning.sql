SELECT word, reference
FROM search_word
WHERE body = $1 AND kind = $2 AND word >= $3 AND word <= $4
ORDER BY word, reference
LIMIT $5
