SELECT webhook_id, officer_id, url, kinds, secret, old_secret, old_until, made_at, ended_at
FROM messages_webhook
ORDER BY made_at, webhook_id
