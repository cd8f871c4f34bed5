INSERT INTO detect_blank_keeper (code, custodian, since_day, log_place) VALUES ($1, $2, $3, $4)
ON CONFLICT (code, custodian) DO NOTHING
