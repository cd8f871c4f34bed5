SELECT d.code, d.annex_table, d.period, d.recorded_at, d.reason, d.position, CAST(SUM(d.carats) AS BIGINT),
       CAST(SUM(d.value_cents) AS BIGINT), CAST(SUM(COALESCE(d.certificates, 0)) AS BIGINT)
FROM statistics_declared d
GROUP BY d.code, d.annex_table, d.period, d.recorded_at, d.reason, d.position
ORDER BY d.code, d.annex_table, d.period, d.position
