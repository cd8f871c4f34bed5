SELECT recognised, valid_from, valid_to, legal_act FROM registry_recognition WHERE code = $1 ORDER BY position
