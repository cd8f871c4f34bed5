INSERT INTO custody_link (parcel, input, position) VALUES ($1, $2, $3)
