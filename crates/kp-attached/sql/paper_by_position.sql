SELECT position, belongs_to, record, sort, words, file_sha256, media_type, bytes, body, attached_by, attached_at
FROM attached_paper
WHERE position = $1
