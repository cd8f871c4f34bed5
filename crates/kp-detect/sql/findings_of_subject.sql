SELECT found_at, found_on, body FROM detect_finding WHERE subject = $1 ORDER BY found_at DESC, finding_id
