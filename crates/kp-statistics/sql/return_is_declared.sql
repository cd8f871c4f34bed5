SELECT COUNT(*) FROM statistics_return WHERE code = $1 AND half = $2
