SELECT code, name, member_from, legal_act FROM registry_participant WHERE code > $1 ORDER BY code LIMIT $2
