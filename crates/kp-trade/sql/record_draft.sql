INSERT INTO trade_certificate (number, application, code, state, drafted_by, drafted_on, destination)
VALUES ($1, $2, $3, 'drafted', $4, $5, COALESCE((SELECT destination FROM trade_application WHERE application = $2), ''))
