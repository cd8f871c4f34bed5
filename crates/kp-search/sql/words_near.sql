SELECT word FROM search_near WHERE near = $1 ORDER BY word LIMIT $2
