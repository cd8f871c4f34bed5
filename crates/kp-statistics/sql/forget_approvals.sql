DELETE FROM statistics_approval WHERE annex_table = $1 AND period = $2
