SELECT case_number, finding_id, asked, owner, title, question, opened_on, answer_due, state, level,
       answered_on, closed_on, outcome
FROM cases_case
WHERE finding_id = $1
