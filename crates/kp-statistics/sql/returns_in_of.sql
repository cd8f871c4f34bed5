SELECT annex_table, period FROM statistics_declared WHERE code = $1
UNION
SELECT 'production', half FROM statistics_return WHERE code = $1
