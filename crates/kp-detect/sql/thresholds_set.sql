SELECT threshold, value, reason, set_by, set_on FROM detect_threshold ORDER BY position
