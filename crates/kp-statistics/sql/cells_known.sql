SELECT code, flow, partner, quarter, hs, CAST(SUM(carats) AS BIGINT), CAST(SUM(value_cents) AS BIGINT),
       COUNT(DISTINCT number)
FROM statistics_posting
WHERE recorded_at <= $1
GROUP BY code, flow, partner, quarter, hs
ORDER BY code, flow, quarter, partner, hs
