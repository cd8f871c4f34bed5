INSERT INTO custody_share (parcel, source, carats) VALUES ($1, $2, $3)
