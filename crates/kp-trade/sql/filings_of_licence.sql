SELECT a.application
FROM trade_application a
WHERE a.licence_number = $1
UNION
SELECT f.application
FROM trade_filing f
WHERE f.filed_under = $1
ORDER BY application DESC
LIMIT $2
