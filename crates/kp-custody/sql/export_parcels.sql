UPDATE custody_parcel SET state = 'exported' WHERE application = $1 AND state = 'reserved'
