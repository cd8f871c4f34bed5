INSERT INTO trade_application_step (position, application, step, reasons, done_by, done_on)
VALUES ($1, $2, $3, $4, $5, $6)
