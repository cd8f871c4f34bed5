SELECT r.code, r.name, r.half, r.declaration, r.production_type, r.carats, r.value_cents, r.created, r.modified,
       r.source, r.file, r.file_row
FROM statistics_return r
JOIN (SELECT code, half, MAX(position) AS position
      FROM statistics_return
      WHERE recorded_at <= $1
      GROUP BY code, half) last
  ON last.code = r.code AND last.half = r.half AND last.position = r.position
ORDER BY r.code, r.half, r.row_order
