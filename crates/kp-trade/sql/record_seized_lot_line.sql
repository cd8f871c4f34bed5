INSERT INTO trade_seized_lot_line (lot, hs, carats)
VALUES ($1, $2, $3)
ON CONFLICT (lot, hs) DO UPDATE SET carats = trade_seized_lot_line.carats + excluded.carats
