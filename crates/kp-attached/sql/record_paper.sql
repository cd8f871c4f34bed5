INSERT INTO attached_paper
  (position, belongs_to, record, sort, words, file_sha256, media_type, bytes, body, attached_by, attached_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
