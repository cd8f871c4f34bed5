INSERT INTO registry_zone_state (position, code, zone, state, effective_from, legal_act)
VALUES ($1, $2, $3, $4, $5, $6)
