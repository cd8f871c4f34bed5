SELECT position FROM messages_cursor WHERE source = $1
