SELECT cal_year, exported, imported, value_exported FROM detect_year WHERE code = $1 AND cal_year >= $2 ORDER BY cal_year
