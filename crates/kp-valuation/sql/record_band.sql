INSERT INTO valuation_band (code, version, sort, low_cents, high_cents) VALUES ($1, $2, $3, $4, $5)
