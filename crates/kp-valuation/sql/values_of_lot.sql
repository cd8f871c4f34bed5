SELECT stage, party, valued_by, key_id, sealed_at, commitment, sealed, price_book, opened_on
FROM valuation_value
WHERE lot = $1
ORDER BY stage, party
