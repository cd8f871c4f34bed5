SELECT p.parcel, p.code, p.hs, p.carats, p.holder, p.state, p.application, p.recorded_on, p.recorded_by,
       h.to_holder, h.handed_by
FROM custody_parcel p LEFT JOIN custody_handover h ON h.parcel = p.parcel AND h.outcome IS NULL
WHERE p.parcel IN (SELECT c.parcel FROM custody_claim c WHERE c.application = $1)
ORDER BY p.parcel
