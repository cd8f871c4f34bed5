SELECT officer_id FROM registry_ceremony_witness WHERE key_id = $1 ORDER BY position
