SELECT code, annex_table, period, step FROM statistics_return_step WHERE reached_on <= $1
ORDER BY code, annex_table, period, reached_on
