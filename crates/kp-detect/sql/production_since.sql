SELECT code, half, carats
FROM detect_production
WHERE half >= $1
ORDER BY code, half
