SELECT hs, code, carats, value_cents, arrived FROM statistics_shipment WHERE number = $1 ORDER BY hs
