SELECT code, annex_table, period, MIN(recorded_at), COUNT(DISTINCT position)
FROM (SELECT code, annex_table, period, recorded_at, position FROM statistics_declared
      UNION
      SELECT code, 'production', half, recorded_at, position FROM statistics_return) every
WHERE recorded_at <= $1
GROUP BY code, annex_table, period
ORDER BY code, annex_table, period
