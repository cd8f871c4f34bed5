SELECT word
FROM search_word
WHERE body = $1 AND kind = $2 AND reference = $3 AND word >= $4 AND word <= $5
ORDER BY word
LIMIT 1
