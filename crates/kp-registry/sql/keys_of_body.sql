SELECT k.officer_id, k.public_key FROM registry_key k JOIN registry_officer o ON o.officer_id = k.officer_id
WHERE o.body = $1 AND k.withdrawn_at IS NULL ORDER BY k.key_id
