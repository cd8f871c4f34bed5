-- The trail and the looks are only added to. A person with a database tool can drop these triggers; the chain then shows
-- what was done to rows that stayed.
CREATE TRIGGER accounts_trail_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts_trail
FOR EACH STATEMENT EXECUTE FUNCTION log_is_append_only();
CREATE TRIGGER accounts_look_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts_look
FOR EACH STATEMENT EXECUTE FUNCTION log_is_append_only();
