SELECT message_id, officer_id, kind, details, about, at, read_at
FROM messages_message
WHERE officer_id = $1 AND outbox_id IS NULL AND at < $2 AND at >= $3
ORDER BY message_id
