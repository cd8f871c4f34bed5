UPDATE cases_case SET level = $2 WHERE case_number = $1
