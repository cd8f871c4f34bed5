SELECT d.position, d.lot, d.words, d.dissented_by, d.dissented_on
FROM valuation_dissent d JOIN valuation_lot l ON l.lot = d.lot
WHERE l.code = $1
ORDER BY d.position
