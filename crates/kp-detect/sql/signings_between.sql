SELECT day, signed
FROM detect_signing
WHERE key_id = $1 AND office = $2 AND day >= $3 AND day <= $4
ORDER BY day
