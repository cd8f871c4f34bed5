SELECT number, position, key_id, check_code, signed_at FROM trade_credential WHERE number = $1
