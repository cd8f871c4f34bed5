SELECT rule, value, effective_from, legal_act FROM registry_national_rule WHERE code = $1 ORDER BY position
