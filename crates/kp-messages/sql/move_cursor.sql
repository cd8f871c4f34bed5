UPDATE messages_cursor SET position = $2 WHERE source = $1
