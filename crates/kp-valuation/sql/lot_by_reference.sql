SELECT lot, code, application, licence_number, required, opened_on, opened_by FROM valuation_lot WHERE lot = $1
