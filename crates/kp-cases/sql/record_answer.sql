UPDATE cases_case SET state = 'answered', answered_on = $2 WHERE case_number = $1
