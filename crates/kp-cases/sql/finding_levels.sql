SELECT COALESCE((SELECT c.level FROM cases_case c WHERE c.finding_id = f.finding_id
                 ORDER BY c.opened_on DESC, LENGTH(c.case_number) DESC, c.case_number DESC LIMIT 1), ''),
       COUNT(*)
FROM detect_finding f
WHERE f.code = $1
GROUP BY 1
