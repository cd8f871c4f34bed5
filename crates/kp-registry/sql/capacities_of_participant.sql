SELECT code, high_carats, from_year, source, dated, position FROM registry_capacity WHERE code = $1 ORDER BY position
