INSERT INTO messages_webhook (webhook_id, officer_id, url, kinds, secret, made_at) VALUES ($1, $2, $3, $4, $5, $6)
