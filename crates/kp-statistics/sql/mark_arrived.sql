UPDATE statistics_shipment SET arrived = $2 WHERE number = $1
