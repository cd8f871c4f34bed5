SELECT CAST(COUNT(*) AS BIGINT)
FROM detect_origin_sent
WHERE destination = $1 AND origin = $2
