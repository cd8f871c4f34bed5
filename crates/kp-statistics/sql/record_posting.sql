INSERT INTO statistics_posting (position, row_order, number, code, flow, partner, counted_on, quarter, hs, carats,
                                value_cents, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
