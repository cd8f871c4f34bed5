UPDATE cases_case SET state = 'closed', closed_on = $2, outcome = $3 WHERE case_number = $1
