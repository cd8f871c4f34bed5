INSERT INTO detect_blank_rule (position, code, value, effective_from) VALUES ($1, $2, $3, $4)
