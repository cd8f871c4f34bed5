INSERT INTO trade_credential (number, position, key_id, check_code, signed_at, office)
VALUES ($1, $2, $3, $4, $5, $6)
