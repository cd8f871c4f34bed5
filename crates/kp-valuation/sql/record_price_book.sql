INSERT INTO valuation_price_book (code, version, effective_from, sha256, recorded_on) VALUES ($1, $2, $3, $4, $5)
