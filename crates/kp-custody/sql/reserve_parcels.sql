UPDATE custody_parcel
SET state = 'reserved', application = $1
WHERE state = 'held' AND parcel IN (SELECT c.parcel FROM custody_claim c WHERE c.application = $1)
