SELECT position, said_on, body FROM detect_finding_version WHERE finding_id = $1 ORDER BY position
