INSERT INTO statistics_declared (position, row_order, code, annex_table, period, declared, partner, hs, production_type,
                                 carats, value_cents, counted, certificates, visibility, recorded_at, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
