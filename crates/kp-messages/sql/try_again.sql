UPDATE messages_outbox
SET state = 'waiting', next_at = $2, ended_at = NULL
WHERE outbox_id = $1 AND (state = 'failed' OR state = 'given_up')
