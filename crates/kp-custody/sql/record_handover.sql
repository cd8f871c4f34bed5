INSERT INTO custody_handover (position, parcel, from_holder, to_holder, handed_by, handed_on)
VALUES ($1, $2, $3, $4, $5, $6)
