SELECT sort, carats FROM valuation_goods WHERE lot = $1 ORDER BY sort
