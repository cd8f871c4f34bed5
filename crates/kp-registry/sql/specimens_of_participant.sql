SELECT code, form, valid_from, valid_until, features, picture_hash FROM registry_specimen WHERE code = $1 ORDER BY valid_from, position
