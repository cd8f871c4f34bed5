INSERT INTO custody_claim (application, parcel) VALUES ($1, $2)
