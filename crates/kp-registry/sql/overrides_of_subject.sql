SELECT entry, code, act, subject, refusal, reason, legal_basis, director, at, used_at FROM registry_override WHERE subject = $1 ORDER BY position
