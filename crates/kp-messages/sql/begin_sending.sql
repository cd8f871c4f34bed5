UPDATE messages_outbox SET state = 'sending', tries = tries + 1, tried_at = $2 WHERE outbox_id = $1
