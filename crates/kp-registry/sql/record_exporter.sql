INSERT INTO registry_exporter (licence_number, code, holder, address, valid_from, valid_until)
VALUES ($1, $2, $3, $4, $5, $6)
