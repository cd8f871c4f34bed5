SELECT standing, effective_at, legal_act, under_way_rule, direction, zones, mines, classes, stock, conditions
FROM registry_standing
WHERE code = $1
ORDER BY position
