INSERT INTO messages_message (message_id, officer_id, kind, details, about, at) VALUES ($1, $2, $3, $4, $5, $6)
