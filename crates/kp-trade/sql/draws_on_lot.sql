SELECT a.application, a.carats
FROM trade_application a LEFT JOIN trade_certificate c ON c.application = a.application
WHERE a.purpose = 'seized' AND a.file_reference = $1
  AND a.state <> 'rejected'
  AND (c.state IS NULL
       OR c.state NOT IN ('replaced', 'spoiled', 'lost', 'stolen', 'returned_unused', 'returned', 'invalidated')
       OR (c.state = 'invalidated' AND c.departed_on IS NOT NULL))
ORDER BY a.application
