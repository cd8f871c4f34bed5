SELECT stage, party, sort, value_cents FROM valuation_value_line WHERE lot = $1 ORDER BY stage, party, sort
