SELECT code, name, member_from, legal_act FROM registry_participant ORDER BY code
