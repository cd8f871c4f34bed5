INSERT INTO statistics_cell (code, flow, partner, quarter, hs, carats, value_cents, shipments)
VALUES ($1, $2, $3, $4, $5, $6, $7, 1)
ON CONFLICT (code, flow, partner, quarter, hs) DO UPDATE SET
  carats = statistics_cell.carats + excluded.carats,
  value_cents = statistics_cell.value_cents + excluded.value_cents,
  shipments = statistics_cell.shipments + 1
