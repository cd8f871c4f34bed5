SELECT position, belongs_to, record, sort, words, file_sha256, media_type, bytes, body, attached_by, attached_at
FROM attached_paper
WHERE belongs_to = $1 AND record = $2
ORDER BY position
