INSERT INTO custody_adjustment (position, parcel, carats_before, carats_now, reason, adjusted_by, adjusted_on)
VALUES ($1, $2, $3, $4, $5, $6, $7)
