UPDATE custody_share SET carats = $3 WHERE parcel = $1 AND source = $2
