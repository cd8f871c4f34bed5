INSERT INTO registry_participant (code, name, member_from, legal_act) VALUES ($1, $2, $3, $4)
ON CONFLICT (code) DO UPDATE SET name = $2
