INSERT INTO registry_standing (position, code, standing, effective_at, legal_act, under_way_rule)
VALUES ($1, $2, $3, $4, $5, $6)
