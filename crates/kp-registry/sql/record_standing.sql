INSERT INTO registry_standing (
  position, code, standing, effective_at, legal_act, under_way_rule, direction, zones, mines, classes, stock, conditions
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
