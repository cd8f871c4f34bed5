SELECT carats
FROM detect_origin_left
WHERE code = $1 AND origin = $2 AND cal_year = $3
