SELECT position FROM search_cursor WHERE stage = 'index'
