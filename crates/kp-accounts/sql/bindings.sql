SELECT binding_id, officer_id, issuer, subject, name, bound_at, last_used_at
FROM accounts_binding
WHERE ended_at IS NULL
ORDER BY officer_id
