INSERT INTO db_migration (step_order, name, sha256) VALUES ($1, $2, $3)
