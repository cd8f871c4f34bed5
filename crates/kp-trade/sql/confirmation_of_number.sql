SELECT number, at_code, outcome, carats_confirmed, explanation, confirmed_on, confirmed_by FROM trade_confirmation WHERE number = $1
