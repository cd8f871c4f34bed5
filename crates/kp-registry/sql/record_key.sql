INSERT INTO registry_key (key_id, officer_id, public_key, device, valid_from, withdrawn_at)
VALUES ($1, $2, $3, $4, $5, NULL)
