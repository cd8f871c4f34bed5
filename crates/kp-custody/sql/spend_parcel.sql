UPDATE custody_parcel SET state = 'spent' WHERE parcel = $1
