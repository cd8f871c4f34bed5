UPDATE custody_parcel SET state = 'seized', holder = $2 WHERE parcel = $1
