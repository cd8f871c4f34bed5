SELECT a.carats, a.value_cents
FROM trade_filing f
JOIN trade_application a ON a.application = f.application
WHERE f.mandate = $1 AND f.application <> $2 AND a.state <> 'rejected'
