SELECT officer_id, body, authority_id, name, roles, licence_number FROM registry_officer ORDER BY officer_id
