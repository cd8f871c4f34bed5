INSERT INTO trade_parcel (application, place, hs, carats) VALUES ($1, $2, $3, $4)
