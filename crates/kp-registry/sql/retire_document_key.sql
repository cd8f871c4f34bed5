UPDATE registry_document_key SET retired_at = $2, retired_because = $3 WHERE key_id = $1
