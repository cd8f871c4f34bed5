SELECT binding_id, officer_id, issuer, subject, name, bound_at, last_used_at
FROM accounts_binding
WHERE officer_id = $1 AND ended_at IS NULL
