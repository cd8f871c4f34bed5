SELECT position, lot, words, dissented_by, dissented_on FROM valuation_dissent WHERE lot = $1 ORDER BY position
