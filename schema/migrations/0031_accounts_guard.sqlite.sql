-- The trail and the looks are only added to. A person with a database tool can drop these triggers; the chain then shows
-- what was done to rows that stayed.
CREATE TRIGGER accounts_trail_is_kept BEFORE UPDATE ON accounts_trail
BEGIN SELECT RAISE(ABORT, 'the trail is never changed'); END;
CREATE TRIGGER accounts_trail_is_not_deleted BEFORE DELETE ON accounts_trail
BEGIN SELECT RAISE(ABORT, 'the trail is never deleted'); END;
CREATE TRIGGER accounts_look_is_kept BEFORE UPDATE ON accounts_look
BEGIN SELECT RAISE(ABORT, 'looks are never changed'); END;
CREATE TRIGGER accounts_look_is_not_deleted BEFORE DELETE ON accounts_look
BEGIN SELECT RAISE(ABORT, 'looks are never deleted'); END;
