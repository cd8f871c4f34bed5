SELECT authority_id, code, name, duty FROM registry_authority ORDER BY authority_id
