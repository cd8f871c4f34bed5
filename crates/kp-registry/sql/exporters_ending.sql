SELECT licence_number, code, holder, address, valid_from, valid_until
FROM registry_exporter
WHERE code = $1 AND valid_until >= $2 AND valid_until <= $3
ORDER BY valid_until, licence_number
LIMIT $4
