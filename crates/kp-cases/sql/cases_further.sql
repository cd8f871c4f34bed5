SELECT case_number, finding_id, asked, owner, title, question, opened_on, answer_due, state, level,
       answered_on, closed_on, outcome, visible_on, public_on
FROM cases_case
WHERE (opened_on < $1
       OR (opened_on = $1 AND LENGTH(case_number) < $2)
       OR (opened_on = $1 AND LENGTH(case_number) = $2 AND case_number < $3))
  AND ($4 = '' OR state = $4)
ORDER BY opened_on DESC, LENGTH(case_number) DESC, case_number DESC
LIMIT $5
