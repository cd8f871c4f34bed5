INSERT INTO registry_override (position, entry, code, act, subject, refusal, reason, legal_basis, director, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
