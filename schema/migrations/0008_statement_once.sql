-- A statement stands in the log once: the same signed bytes a second time are a repetition, not a second act.
CREATE UNIQUE INDEX log_statement_once ON log_statement (statement_hash);
