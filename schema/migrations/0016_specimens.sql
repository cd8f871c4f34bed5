-- How participants' paper forms look: filled by kp-registry from statements, rebuilt from the log to the same bytes.

CREATE TABLE registry_specimen (
  position     BIGINT PRIMARY KEY,     -- the statement's place in the log
  code         TEXT NOT NULL,          -- whose form
  form         TEXT NOT NULL,          -- the form's own name or version
  valid_from   TEXT NOT NULL,          -- first day of issue on it
  valid_until  TEXT,                   -- last day of issue on it
  features     TEXT NOT NULL,          -- what to look for, one a line
  picture_hash TEXT NOT NULL           -- SHA-256 of the picture, hexadecimal; the picture lies beside the database
);

CREATE INDEX registry_specimen_code ON registry_specimen (code, valid_from, position);
