UPDATE cases_case SET question = $2, answer_due = $3, state = 'open',
       level = CASE WHEN visible_on IS NULL THEN $4 ELSE level END
WHERE case_number = $1
