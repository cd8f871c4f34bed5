-- The keys under which certificates are signed, and who may trade with whom on which day: filled by kp-registry from
-- statements, rebuilt from the log to the same bytes. Private halves of keys are nowhere in the database.

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

-- A standing speaks of some goods, one way or both. What was recorded before this step spoke of all goods, both ways.
ALTER TABLE registry_standing ADD COLUMN direction TEXT NOT NULL DEFAULT 'both';  -- export, import, both
ALTER TABLE registry_standing ADD COLUMN zones TEXT NOT NULL DEFAULT '';          -- zones it speaks of, one a line; empty: all
ALTER TABLE registry_standing ADD COLUMN mines TEXT NOT NULL DEFAULT '';          -- mines, one a line; empty: all
ALTER TABLE registry_standing ADD COLUMN classes TEXT NOT NULL DEFAULT '';        -- customs classes, one a line; empty: all
ALTER TABLE registry_standing ADD COLUMN stock TEXT NOT NULL DEFAULT '';          -- sorts of stock, one a line; empty: all
ALTER TABLE registry_standing ADD COLUMN conditions TEXT NOT NULL DEFAULT '';     -- what must be shown, one a line

CREATE TABLE registry_membership (
  position       BIGINT PRIMARY KEY,   -- the statement's place in the log: later statements stand above earlier ones
  code           TEXT NOT NULL,
  step           TEXT NOT NULL,        -- admitted, removed, withdrawn, absorbed, separated
  effective_at   TEXT NOT NULL,        -- instant from which it holds
  legal_act      TEXT NOT NULL,        -- the decision
  under_way_rule TEXT NOT NULL,        -- what happens to goods exported before the end and arriving after it
  successor      TEXT                  -- who answers for it from then on
);

-- Participants that were admitted before this step.
INSERT INTO registry_membership (position, code, step, effective_at, legal_act, under_way_rule, successor)
SELECT s.position, p.code, 'admitted', p.member_from || 'T00:00:00Z', p.legal_act, 'hold-and-ask', NULL
FROM registry_participant p
  JOIN log_entry e ON e.subject = p.code
  JOIN log_statement s ON s.position = e.position AND s.kind = 'participant_admitted';

CREATE TABLE registry_zone_state (
  position       BIGINT PRIMARY KEY,   -- the statement's place in the log: later statements stand above earlier ones
  code           TEXT NOT NULL,        -- whose ground
  zone           TEXT NOT NULL,        -- XA/north-river
  state          TEXT NOT NULL,        -- open, compliant, suspended
  effective_from TEXT NOT NULL,        -- first civil day on which it holds
  legal_act      TEXT NOT NULL         -- the decision
);

CREATE TABLE registry_recognition (
  position   BIGINT PRIMARY KEY,       -- the statement's place in the log: a later entry of the same first day replaces
  code       TEXT NOT NULL,            -- whose list
  recognised TEXT NOT NULL,            -- who is recognised
  valid_from TEXT NOT NULL,            -- first day
  valid_to   TEXT,                     -- last day, where an end is known
  legal_act  TEXT NOT NULL             -- the law or notice
);

CREATE TABLE registry_condition_met (
  position      BIGINT PRIMARY KEY,    -- the statement's place in the log
  code          TEXT NOT NULL,         -- whose shipment
  application   TEXT NOT NULL,         -- the application's reference
  condition_met TEXT NOT NULL,         -- prior-approval, pictures, post-audit
  evidence      TEXT NOT NULL,         -- what shows it
  stated_by     TEXT NOT NULL          -- the officer
);
