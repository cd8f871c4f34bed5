UPDATE registry_document_key SET witnessed_at = $2 WHERE key_id = $1 AND witnessed_at IS NULL
