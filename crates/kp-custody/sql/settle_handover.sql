UPDATE custody_handover
SET outcome = $2, settled_by = $3, settled_on = $4
WHERE parcel = $1 AND outcome IS NULL
