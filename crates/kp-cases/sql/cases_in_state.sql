SELECT case_number, finding_id, asked, owner, title, question, opened_on, answer_due, state, level,
       answered_on, closed_on, outcome, visible_on, public_on
FROM cases_case
WHERE state = $1 AND ($2 = '' OR asked = $2)
ORDER BY answer_due, case_number
LIMIT $3
