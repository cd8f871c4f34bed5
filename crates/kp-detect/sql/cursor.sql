SELECT position FROM detect_cursor WHERE stage = 'trade'
