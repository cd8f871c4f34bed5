INSERT INTO registry_authority (authority_id, code, name, duty) VALUES ($1, $2, $3, $4)
