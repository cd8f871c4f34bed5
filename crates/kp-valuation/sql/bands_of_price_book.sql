SELECT sort, low_cents, high_cents FROM valuation_band WHERE code = $1 AND version = $2 ORDER BY sort
