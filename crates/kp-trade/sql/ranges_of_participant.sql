SELECT office, first_serial, last_serial, allotted_on, withdrawn_on, returned_on
FROM trade_range
WHERE code = $1
ORDER BY first_serial, position
