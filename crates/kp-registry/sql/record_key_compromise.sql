UPDATE registry_document_key SET suspected_from = $2, reported_at = COALESCE(reported_at, $3), what_happened = $4
WHERE key_id = $1
