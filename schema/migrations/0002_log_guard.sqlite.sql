-- Log rows are never changed or removed (I1). A person with a database tool can drop these triggers;
-- `kpcs log verify` then finds what was done.
CREATE TRIGGER log_entry_is_kept BEFORE UPDATE ON log_entry
BEGIN SELECT RAISE(ABORT, 'log entries are never changed'); END;
CREATE TRIGGER log_entry_is_not_deleted BEFORE DELETE ON log_entry
BEGIN SELECT RAISE(ABORT, 'log entries are never deleted'); END;
CREATE TRIGGER log_statement_is_kept BEFORE UPDATE ON log_statement
BEGIN SELECT RAISE(ABORT, 'statements are never changed'); END;
CREATE TRIGGER log_statement_is_not_deleted BEFORE DELETE ON log_statement
BEGIN SELECT RAISE(ABORT, 'statements are never deleted'); END;
