SELECT position FROM statistics_cursor WHERE stage = 'count'
