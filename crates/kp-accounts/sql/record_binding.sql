INSERT INTO accounts_binding (binding_id, officer_id, issuer, subject, name, bound_at)
VALUES ($1, $2, $3, $4, $5, $6)
