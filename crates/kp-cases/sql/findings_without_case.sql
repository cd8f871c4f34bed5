SELECT f.finding_id
FROM detect_finding f LEFT JOIN cases_case c ON c.finding_id = f.finding_id
WHERE c.case_number IS NULL
ORDER BY f.found_at, f.finding_id
