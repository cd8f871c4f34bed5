SELECT number, code, flow, partner, counted_on, hs, carats, value_cents, recorded_at, position
FROM statistics_posting
WHERE recorded_at <= $1
ORDER BY number, flow, position, row_order
