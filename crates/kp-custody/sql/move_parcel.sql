UPDATE custody_parcel SET holder = $2 WHERE parcel = $1
