INSERT INTO detect_year (code, cal_year, exported, imported, value_exported)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (code, cal_year) DO UPDATE SET
  exported = detect_year.exported + excluded.exported,
  imported = detect_year.imported + excluded.imported,
  value_exported = detect_year.value_exported + excluded.value_exported
