SELECT hs, carats FROM trade_parcel WHERE application = $1 ORDER BY place
