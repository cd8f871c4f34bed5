INSERT INTO statistics_return (position, row_order, code, name, half, declaration, production_type, carats, value_cents,
                               created, modified, source, file, file_row, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
