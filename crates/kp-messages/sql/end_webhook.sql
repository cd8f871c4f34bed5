UPDATE messages_webhook SET ended_at = $2 WHERE webhook_id = $1 AND ended_at IS NULL
