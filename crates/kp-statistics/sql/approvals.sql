SELECT approved_by, approved_on FROM statistics_approval WHERE annex_table = $1 AND period = $2 ORDER BY position
