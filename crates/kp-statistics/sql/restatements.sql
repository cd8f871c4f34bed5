SELECT r.code, r.half, r.recorded_at, CAST(SUM(r.carats) AS BIGINT), CAST(SUM(r.value_cents) AS BIGINT)
FROM statistics_return r
JOIN (SELECT code, half
      FROM statistics_return
      GROUP BY code, half
      HAVING COUNT(DISTINCT position) > 1) again
  ON again.code = r.code AND again.half = r.half
GROUP BY r.code, r.half, r.position, r.recorded_at
ORDER BY r.code, r.half, r.position
