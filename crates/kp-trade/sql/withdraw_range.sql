UPDATE trade_range
SET withdrawn_on = $5, withdrawn_log = $6, withdrawn_entry = $7
WHERE code = $1 AND office = $2 AND first_serial = $3 AND last_serial = $4 AND withdrawn_on IS NULL
