SELECT message_id, officer_id, kind, details, about, at, read_at
FROM messages_message
WHERE officer_id = $1 AND message_id < $2
ORDER BY message_id DESC
LIMIT $3
