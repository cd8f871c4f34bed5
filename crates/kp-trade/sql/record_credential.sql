INSERT INTO trade_credential (number, position, key_id, check_code, signed_at) VALUES ($1, $2, $3, $4, $5)
