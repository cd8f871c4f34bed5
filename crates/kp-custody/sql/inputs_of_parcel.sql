SELECT input FROM custody_link WHERE parcel = $1 ORDER BY input
