INSERT INTO detect_origin_left (code, origin, cal_year, carats)
VALUES ($1, $2, $3, $4)
ON CONFLICT (code, origin, cal_year) DO UPDATE SET carats = detect_origin_left.carats + excluded.carats
