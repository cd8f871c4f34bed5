INSERT INTO registry_capacity (position, code, high_carats, from_year, source, dated)
VALUES ($1, $2, $3, $4, $5, $6)
