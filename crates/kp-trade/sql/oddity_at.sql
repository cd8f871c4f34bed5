SELECT about, sentence
FROM trade_oddity
WHERE position = $1
