INSERT INTO trade_oddity (position, about, sentence)
VALUES ($1, $2, $3)
