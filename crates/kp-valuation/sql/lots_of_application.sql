SELECT lot, code, application, licence_number, required, opened_on, opened_by FROM valuation_lot WHERE application = $1 ORDER BY position
