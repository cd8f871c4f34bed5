INSERT INTO detect_blank_count (code, custodian, in_month) VALUES ($1, $2, $3)
ON CONFLICT (code, custodian, in_month) DO NOTHING
