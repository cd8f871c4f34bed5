SELECT key_id FROM registry_key WHERE key_id = $1
UNION ALL
SELECT key_id FROM registry_document_key WHERE key_id = $1
