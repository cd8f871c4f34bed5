INSERT INTO trade_arrival_line (position, hs, carats, value_cents) VALUES ($1, $2, $3, $4)
ON CONFLICT (position, hs) DO UPDATE SET
  carats = trade_arrival_line.carats + excluded.carats,
  value_cents = trade_arrival_line.value_cents + excluded.value_cents
