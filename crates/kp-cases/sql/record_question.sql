UPDATE cases_case SET question = $2, answer_due = $3, level = $4, state = 'open', visible_on = NULL,
       public_on = NULL
WHERE case_number = $1
