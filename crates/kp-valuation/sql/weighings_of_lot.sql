SELECT point, carats, scale, photo_sha256, weighed_by, weighed_on
FROM valuation_weighing
WHERE lot = $1
ORDER BY position
