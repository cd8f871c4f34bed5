SELECT k.code, k.custodian, k.since_day, k.log_place
FROM detect_blank_keeper k LEFT JOIN detect_blank_count c
  ON c.code = k.code AND c.custodian = k.custodian AND c.in_month = $1
WHERE c.in_month IS NULL AND k.since_day < $2
ORDER BY k.code, k.custodian
