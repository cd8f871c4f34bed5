UPDATE custody_adjustment
SET agreed_by = $2, agreed_on = $3
WHERE position = (SELECT MAX(a.position) FROM custody_adjustment a WHERE a.parcel = $1 AND a.agreed_on IS NULL)
