UPDATE custody_parcel
SET state = 'held', application = NULL
WHERE application = $1 AND state IN ('reserved', 'exported')
