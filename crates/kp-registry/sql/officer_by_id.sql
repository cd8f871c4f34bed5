SELECT officer_id, body, authority_id, name, roles FROM registry_officer WHERE officer_id = $1
