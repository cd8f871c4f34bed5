INSERT INTO messages_cursor (source, position) VALUES ($1, $2)
