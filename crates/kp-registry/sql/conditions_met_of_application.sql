SELECT condition_met FROM registry_condition_met WHERE application = $1 ORDER BY position
