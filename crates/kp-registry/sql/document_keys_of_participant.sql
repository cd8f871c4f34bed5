SELECT key_id, code, authority_id, public_key, key_class, valid_from, signs_until, successor_of, custodians, place,
  record_hash, registered_by, registered_at, witnessed_at, retired_at, suspected_from, reported_at, what_happened
FROM registry_document_key
WHERE code = $1
ORDER BY position
