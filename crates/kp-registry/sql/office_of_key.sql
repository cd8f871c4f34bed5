SELECT label FROM registry_office WHERE key_id = $1
