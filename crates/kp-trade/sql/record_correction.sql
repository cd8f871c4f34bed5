INSERT INTO trade_correction (position, number, field, was, becomes, reason, instructed_by, instructed_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
