UPDATE valuation_value SET opened_on = $4 WHERE lot = $1 AND stage = $2 AND party = $3
