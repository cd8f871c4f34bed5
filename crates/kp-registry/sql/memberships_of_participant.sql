SELECT step, effective_at, legal_act, under_way_rule, successor
FROM registry_membership
WHERE code = $1
ORDER BY position
