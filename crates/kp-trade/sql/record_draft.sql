INSERT INTO trade_certificate (number, application, code, state, drafted_by, drafted_on)
VALUES ($1, $2, $3, 'drafted', $4, $5)
