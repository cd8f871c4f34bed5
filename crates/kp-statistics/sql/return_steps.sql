SELECT code, annex_table, period, step FROM statistics_return_step ORDER BY code, annex_table, period
