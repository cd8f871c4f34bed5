SELECT level, COUNT(*) FROM cases_case WHERE asked = $1 AND state <> 'closed' GROUP BY level
