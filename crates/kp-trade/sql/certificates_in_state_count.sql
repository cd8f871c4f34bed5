SELECT COUNT(*)
FROM trade_certificate c JOIN trade_application a ON a.application = c.application
WHERE c.state = $1 AND ($2 = '' OR a.code = $2) AND ($3 = '' OR a.destination = $3)
