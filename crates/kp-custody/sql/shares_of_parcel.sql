SELECT s.source, s.words, h.carats
FROM custody_share h JOIN custody_source s ON s.source = h.source
WHERE h.parcel = $1
ORDER BY s.source
