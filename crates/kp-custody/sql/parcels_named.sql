SELECT c.parcel
FROM custody_claim c
WHERE c.application = $1
ORDER BY c.parcel
