SELECT officer_id, body, authority_id, name, roles, licence_number FROM registry_officer WHERE officer_id = $1
