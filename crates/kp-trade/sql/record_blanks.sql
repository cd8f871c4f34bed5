INSERT INTO trade_blank (code, first_serial, last_serial, place, custodian, officer, form_version)
VALUES ($1, $2, $3, $4, $5, $6, $7)
