INSERT INTO registry_recognition (position, code, recognised, valid_from, valid_to, legal_act)
VALUES ($1, $2, $3, $4, $5, $6)
