SELECT version, effective_from, sha256 FROM valuation_price_book WHERE code = $1 ORDER BY version
