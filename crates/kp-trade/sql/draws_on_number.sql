SELECT s.application, s.carats
FROM trade_source s
     JOIN trade_application a ON a.application = s.application
     LEFT JOIN trade_certificate c ON c.application = s.application
WHERE s.number = $1
  AND a.state <> 'rejected'
  AND (c.state IS NULL
       OR c.state NOT IN ('replaced', 'spoiled', 'lost', 'stolen', 'returned_unused', 'returned', 'invalidated')
       OR (c.state = 'invalidated' AND c.departed_on IS NOT NULL))
ORDER BY s.application
