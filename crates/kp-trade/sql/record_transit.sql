INSERT INTO trade_transit (position, number, at_code, container, seals, entered_on, entered_by)
VALUES ($1, $2, $3, $4, $5, $6, $7)
