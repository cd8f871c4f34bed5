SELECT outbox_id, channel, officer_id, target, subject, body, sending_name, state, tries, made_at, next_at, tried_at, doubtful_at, ended_at, last_answer
FROM messages_outbox
WHERE (state = 'waiting' OR state = 'failed') AND next_at <= $1 AND channel <> $2
ORDER BY next_at, outbox_id
LIMIT 1
