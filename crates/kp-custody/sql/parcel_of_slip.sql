SELECT parcel FROM custody_source WHERE code = $1 AND kind = $2 AND paper = $3 ORDER BY source LIMIT 1
