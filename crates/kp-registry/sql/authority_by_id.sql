SELECT authority_id, code, name, duty FROM registry_authority WHERE authority_id = $1
