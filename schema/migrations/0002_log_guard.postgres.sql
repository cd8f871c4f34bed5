-- Log rows are never changed or removed (I1). A person with a database tool can drop these triggers;
-- `kpcs log verify` then finds what was done.
CREATE FUNCTION log_is_append_only() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME;
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER log_entry_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON log_entry
FOR EACH STATEMENT EXECUTE FUNCTION log_is_append_only();
CREATE TRIGGER log_statement_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON log_statement
FOR EACH STATEMENT EXECUTE FUNCTION log_is_append_only();
