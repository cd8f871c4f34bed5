SELECT case_number, finding_id, asked, owner, title, question, opened_on, answer_due, state, level,
       answered_on, closed_on, outcome, visible_on, public_on
FROM cases_case
WHERE case_number = $1
