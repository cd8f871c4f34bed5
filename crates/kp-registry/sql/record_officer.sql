INSERT INTO registry_officer (officer_id, body, authority_id, name, roles) VALUES ($1, $2, $3, $4, $5)
