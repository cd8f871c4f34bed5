UPDATE trade_application SET value_cents = $2 WHERE application = $1
