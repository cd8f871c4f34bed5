SELECT case_number, finding_id, asked, owner, title, question, opened_on, answer_due, state, level,
       answered_on, closed_on, outcome, visible_on, public_on
FROM cases_case
ORDER BY opened_on DESC, LENGTH(case_number) DESC, case_number DESC
