SELECT licence_number, code, holder, address, valid_from, valid_until FROM registry_exporter ORDER BY licence_number
