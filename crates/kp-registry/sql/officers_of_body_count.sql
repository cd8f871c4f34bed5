SELECT COUNT(*) FROM registry_officer WHERE body = $1
