SELECT code, high_carats, from_year, source, dated FROM registry_capacity WHERE code = $1 ORDER BY position
