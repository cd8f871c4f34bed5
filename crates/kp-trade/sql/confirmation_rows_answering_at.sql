SELECT number FROM trade_confirmation_row
WHERE state = 'matched' AND ((position = $1 AND ended_at IS NULL) OR ended_at = $1)
ORDER BY position, place
