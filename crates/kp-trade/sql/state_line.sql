UPDATE trade_line SET value_cents = $3 WHERE application = $1 AND hs = $2
