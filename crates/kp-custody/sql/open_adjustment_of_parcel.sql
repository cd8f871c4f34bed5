SELECT parcel, carats_before, carats_now, reason, adjusted_by
FROM custody_adjustment
WHERE parcel = $1 AND agreed_on IS NULL
ORDER BY position DESC
LIMIT 1
