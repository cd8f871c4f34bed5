UPDATE messages_outbox
SET state = $2, next_at = $3, ended_at = $4, last_answer = $5, doubtful_at = COALESCE(CAST($6 AS TEXT), doubtful_at)
WHERE outbox_id = $1
