INSERT INTO trade_seized_lot_line (lot, hs, carats)
VALUES ($1, $2, $3)
