UPDATE trade_range
SET returned_on = $4
WHERE code = $1 AND office = $2 AND withdrawn_log = $3 AND withdrawn_entry <= $5 AND returned_on IS NULL
