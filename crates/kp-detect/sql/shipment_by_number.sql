SELECT code, carats FROM detect_shipment WHERE number = $1
