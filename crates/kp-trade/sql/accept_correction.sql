UPDATE trade_correction SET accepted_at = $2, accepted_by = $3, accepted_on = $4 WHERE position = $1
