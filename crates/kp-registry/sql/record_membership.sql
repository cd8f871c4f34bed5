INSERT INTO registry_membership (position, code, step, effective_at, legal_act, under_way_rule, successor)
VALUES ($1, $2, $3, $4, $5, $6, $7)
