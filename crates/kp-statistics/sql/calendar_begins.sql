SELECT begins FROM statistics_calendar ORDER BY position DESC LIMIT 1
