UPDATE trade_confirmation_row SET state = $3, reason = $4, sentence = $5, ended_at = $6 WHERE position = $1 AND place = $2
