INSERT INTO registry_document_key (
  key_id, position, code, authority_id, public_key, key_class, valid_from, signs_until, successor_of, custodians, place,
  record_hash, registered_by, registered_at, witnessed_at, retired_at, retired_because, suspected_from, reported_at,
  what_happened
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, NULL, NULL, NULL, NULL, NULL, NULL)
