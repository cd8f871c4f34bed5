INSERT INTO trade_filing (application, filed_by, filed_under, mandate)
VALUES ($1, $2, $3, $4)
ON CONFLICT (application) DO NOTHING
