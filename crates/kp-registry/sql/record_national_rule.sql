INSERT INTO registry_national_rule (position, code, rule, value, effective_from, legal_act)
VALUES ($1, $2, $3, $4, $5, $6)
