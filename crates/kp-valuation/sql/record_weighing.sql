INSERT INTO valuation_weighing (position, lot, point, carats, scale, photo_sha256, weighed_by, weighed_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
