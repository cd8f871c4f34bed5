SELECT COUNT(*) FROM messages_message WHERE officer_id = $1 AND read_at IS NULL
