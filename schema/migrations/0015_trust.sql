-- The keys under which certificates are signed: filled by kp-registry from statements, rebuilt from the log to the same
-- bytes. Private halves are nowhere in the database.

CREATE TABLE registry_document_key (
  key_id          TEXT PRIMARY KEY,    -- first eight bytes of the key's SHA-256, hexadecimal
  position        BIGINT NOT NULL,     -- the place in the log of the statement that registered it
  code            TEXT NOT NULL,       -- whose certificates it signs
  authority_id    TEXT NOT NULL,       -- which authority's
  public_key      TEXT NOT NULL,       -- compressed point, hexadecimal
  key_class       TEXT NOT NULL,       -- software, token
  valid_from      TEXT NOT NULL,       -- first civil day of signing
  signs_until     TEXT NOT NULL,       -- last civil day of signing
  successor_of    TEXT,                -- the key it will replace
  custodians      TEXT NOT NULL,       -- names of the custodians present, one a line
  place           TEXT NOT NULL,       -- where the ceremony was held
  record_hash     TEXT NOT NULL,       -- SHA-256 of the ceremony's record, hexadecimal
  registered_by   TEXT NOT NULL,       -- the custodian who registered it
  registered_at   TEXT NOT NULL,       -- when it was registered
  witnessed_at    TEXT,                -- when a second custodian witnessed the ceremony; before that it signs nothing
  retired_at      TEXT,                -- from this instant it signs nothing; what it signed stays good
  retired_because TEXT,                -- why
  suspected_from  TEXT,                -- the earliest instant at which it may have been in other hands
  reported_at     TEXT,                -- when that was first reported; from then on it signs nothing
  what_happened   TEXT                 -- in the words of the report that reaches furthest back
);

CREATE TABLE registry_ceremony_witness (
  position     BIGINT PRIMARY KEY,     -- the statement's place in the log
  key_id       TEXT NOT NULL,
  officer_id   TEXT NOT NULL,          -- who witnessed
  witnessed_at TEXT NOT NULL,
  remark       TEXT                    -- what did not go by the script
);

CREATE TABLE registry_key_cut (
  key_id     TEXT NOT NULL,            -- a key that was reported
  log_id     TEXT NOT NULL,            -- a log of its participant
  from_entry BIGINT NOT NULL,          -- the first entry of that log that is not believed under this key
  PRIMARY KEY (key_id, log_id)
);
