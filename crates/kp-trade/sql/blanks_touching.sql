SELECT first_serial, last_serial, place, custodian, officer, form_version
FROM trade_blank
WHERE code = $1 AND last_serial >= $2 AND first_serial <= $3
ORDER BY first_serial
