SELECT CAST(COUNT(*) AS BIGINT)
FROM trade_credential
WHERE key_id = $1 AND office = $2 AND signed_at >= $3 AND signed_at < $4
