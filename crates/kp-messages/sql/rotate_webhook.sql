UPDATE messages_webhook SET old_secret = secret, old_until = $3, secret = $2 WHERE webhook_id = $1 AND ended_at IS NULL
