SELECT COUNT(*)
FROM registry_key k JOIN registry_officer o ON o.officer_id = k.officer_id
WHERE o.body = $1 AND (' ' || o.roles || ' ') LIKE $2 AND k.key_id <> $3 AND k.withdrawn_at IS NULL
