-- The log: statements as they were signed, entries as they are proven, and one head per log.
-- Nothing in log_statement and log_entry is ever updated or deleted (0002_log_guard).

CREATE TABLE log_statement (
  position       BIGINT PRIMARY KEY,   -- order of arrival at this node, from 1, without gaps
  statement_hash BYTEA NOT NULL,       -- SHA-256 of the signed bytes
  kind           TEXT NOT NULL,        -- what sort of act: certificate_issued, ...
  signed         BYTEA NOT NULL        -- the full signed bytes, exactly as signed
);

CREATE TABLE log_entry (
  position     BIGINT PRIMARY KEY,     -- same as the statement's
  log_id       TEXT NOT NULL,          -- kp.XA/2026, kp.scheme/2026
  entry_number BIGINT NOT NULL,        -- place in its log, from 0, without gaps
  subject      TEXT NOT NULL,          -- certificate number, case number or participant; empty where it would name a person
  leaf         BYTEA NOT NULL,         -- the commitment that is hashed into the tree, at most 200 bytes
  leaf_hash    BYTEA NOT NULL,         -- RFC 6962 leaf hash
  UNIQUE (log_id, entry_number)
);

CREATE INDEX log_entry_subject ON log_entry (subject, position);

CREATE TABLE log_head (
  log_id     TEXT PRIMARY KEY,
  owner      TEXT NOT NULL,            -- participant code, or scheme
  log_year   BIGINT NOT NULL,
  size       BIGINT NOT NULL,          -- how many entries
  frontier   BYTEA NOT NULL,           -- roots of the complete subtrees, so that appending needs no re-reading
  last_at    TEXT NOT NULL,            -- time of the last entry; later entries are not earlier
  checkpoint TEXT NOT NULL             -- signed note over size and root
);
