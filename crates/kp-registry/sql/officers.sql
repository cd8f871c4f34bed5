SELECT officer_id, body, authority_id, name, roles FROM registry_officer ORDER BY officer_id
