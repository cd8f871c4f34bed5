UPDATE messages_outbox
SET state = 'failed', doubtful_at = tried_at, next_at = $1, last_answer = $2
WHERE state = 'sending'
