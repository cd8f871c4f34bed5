UPDATE messages_message SET read_at = $3 WHERE officer_id = $1 AND message_id <= $2 AND read_at IS NULL
