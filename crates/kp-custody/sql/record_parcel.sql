INSERT INTO custody_parcel (parcel, code, hs, carats, holder, state, recorded_on, recorded_by)
VALUES ($1, $2, $3, $4, $5, 'held', $6, $7)
