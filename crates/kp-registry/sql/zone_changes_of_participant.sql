SELECT zone, state, effective_from, legal_act FROM registry_zone_state WHERE code = $1 ORDER BY position
