CREATE TABLE IF NOT EXISTS db_migration (
  step_order BIGINT PRIMARY KEY,
  name       TEXT NOT NULL,
  sha256     TEXT NOT NULL
)
