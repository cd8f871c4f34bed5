SELECT licence_number, code, holder, address, valid_from, valid_until FROM registry_exporter
WHERE code = $1
ORDER BY holder, licence_number
LIMIT $2
