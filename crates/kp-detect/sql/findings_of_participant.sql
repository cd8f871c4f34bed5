SELECT found_at, found_on, body FROM detect_finding WHERE code = $1 ORDER BY found_at DESC, finding_id
