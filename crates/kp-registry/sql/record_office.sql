INSERT INTO registry_office (code, label, place, key_id, public_key, from_day) VALUES ($1, $2, $3, $4, $5, $6)
