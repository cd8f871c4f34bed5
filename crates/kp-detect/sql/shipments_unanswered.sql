SELECT number, code, destination, carats, value_cents, departed_on, log_place
FROM detect_shipment
WHERE answered_on IS NULL AND departed_on <= $1
ORDER BY number
