SELECT d.code, d.annex_table, d.period, d.declared, d.partner, d.hs, d.production_type, d.carats, d.value_cents, d.counted,
       d.certificates, d.visibility, d.recorded_at, d.position
FROM statistics_declared d
JOIN (SELECT code, annex_table, period, MAX(position) AS position
      FROM statistics_declared
      WHERE recorded_at <= $1
      GROUP BY code, annex_table, period) last
  ON last.code = d.code AND last.annex_table = d.annex_table AND last.period = d.period AND last.position = d.position
WHERE ($2 = '' OR d.code = $2) AND ($3 = '' OR d.annex_table = $3)
ORDER BY d.code, d.annex_table, d.period, d.row_order
