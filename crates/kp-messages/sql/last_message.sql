SELECT COALESCE(MAX(message_id), 0) FROM messages_message
