UPDATE messages_message SET outbox_id = $2 WHERE message_id = $1
