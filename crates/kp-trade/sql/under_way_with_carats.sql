SELECT c.number
FROM trade_certificate c JOIN trade_application a ON a.application = c.application
WHERE a.code = $1 AND a.carats = $2 AND c.state IN ('departed', 'in_transit')
ORDER BY c.number
LIMIT 2
