INSERT INTO trade_confirmation (number, at_code, outcome, carats_confirmed, explanation, confirmed_on, confirmed_by)
VALUES ($1, $2, $3, $4, $5, $6, $7)
