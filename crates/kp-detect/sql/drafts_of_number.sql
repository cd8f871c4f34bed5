SELECT log_place FROM detect_draft WHERE number = $1 ORDER BY position
