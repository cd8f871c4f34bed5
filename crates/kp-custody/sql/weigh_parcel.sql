UPDATE custody_parcel SET carats = $2 WHERE parcel = $1
