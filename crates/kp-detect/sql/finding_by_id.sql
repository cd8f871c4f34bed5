SELECT found_at, found_on, body FROM detect_finding WHERE finding_id = $1
