INSERT INTO registry_specimen (position, code, form, valid_from, valid_until, features, picture_hash)
VALUES ($1, $2, $3, $4, $5, $6, $7)
