SELECT COUNT(*) FROM cases_case WHERE case_number LIKE $1
