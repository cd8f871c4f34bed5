INSERT INTO cases_case (case_number, finding_id, asked, owner, title, question, opened_on, answer_due, state, level,
                        visible_on, public_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10, $11)
