INSERT INTO registry_officer (officer_id, body, authority_id, name, roles, licence_number)
VALUES ($1, $2, $3, $4, $5, $6)
