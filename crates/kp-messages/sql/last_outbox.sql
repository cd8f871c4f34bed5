SELECT COALESCE(MAX(outbox_id), 0) FROM messages_outbox
