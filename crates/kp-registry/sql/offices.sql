SELECT code, label, place, public_key, from_day FROM registry_office ORDER BY code, label
