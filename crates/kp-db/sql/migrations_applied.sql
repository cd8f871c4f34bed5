SELECT name, sha256 FROM db_migration ORDER BY step_order
