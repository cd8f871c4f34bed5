INSERT INTO detect_signing (key_id, office, day, signed)
VALUES ($1, $2, $3, 1)
ON CONFLICT (key_id, office, day) DO UPDATE SET signed = detect_signing.signed + 1
