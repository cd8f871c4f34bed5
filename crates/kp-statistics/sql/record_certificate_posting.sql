INSERT INTO statistics_certificate_posting (position, code, quarter, what, recorded_at) VALUES ($1, $2, $3, $4, $5)
