SELECT position, step, reasons, done_by, done_on FROM trade_application_step WHERE application = $1 ORDER BY position
