SELECT licence_number, code, holder, address, valid_from, valid_until FROM registry_exporter WHERE licence_number = $1
