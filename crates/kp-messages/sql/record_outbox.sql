INSERT INTO messages_outbox
  (outbox_id, channel, officer_id, target, subject, body, sending_name, state, tries, made_at, next_at, last_answer)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, $8, $8, '')
