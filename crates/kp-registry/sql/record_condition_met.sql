INSERT INTO registry_condition_met (position, code, application, condition_met, evidence, stated_by)
VALUES ($1, $2, $3, $4, $5, $6)
