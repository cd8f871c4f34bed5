UPDATE trade_certificate
SET state = CASE WHEN EXISTS (SELECT 1
                              FROM trade_arrival v JOIN trade_application a ON a.destination = v.at_code
                              WHERE v.number = $1 AND a.application = trade_certificate.application)
                 THEN 'arrived' ELSE 'departed' END,
    departed_at = $2, departed_on = $3
WHERE number = $1
