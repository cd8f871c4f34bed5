UPDATE detect_shipment SET answered_on = $2 WHERE number = $1 AND destination = $3 AND answered_on IS NULL
