SELECT found_at, found_on, body FROM detect_finding ORDER BY found_at DESC, finding_id LIMIT $1
