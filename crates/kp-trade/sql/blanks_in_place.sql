SELECT first_serial, last_serial, place, custodian, officer, form_version
FROM trade_blank
WHERE code = $1 AND place = $2
ORDER BY first_serial
LIMIT $3
