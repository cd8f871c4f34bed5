DELETE FROM trade_parcel WHERE application = $1
