-- Who may act: filled by kp-registry from statements, rebuilt from the log to the same bytes.

CREATE TABLE registry_participant (
  code        TEXT PRIMARY KEY,        -- two letters
  name        TEXT NOT NULL,
  member_from TEXT NOT NULL,           -- first civil day of membership
  legal_act   TEXT NOT NULL            -- the decision that admitted it
);

CREATE TABLE registry_standing (
  position       BIGINT PRIMARY KEY,   -- the statement's place in the log: later statements stand above earlier ones
  code           TEXT NOT NULL,
  standing       TEXT NOT NULL,        -- open, suspended, removed
  effective_at   TEXT NOT NULL,        -- instant from which it holds
  legal_act      TEXT NOT NULL,
  under_way_rule TEXT NOT NULL         -- what happens to goods exported before and arriving after: hold_and_ask, release, refuse
);

CREATE TABLE registry_authority (
  authority_id TEXT PRIMARY KEY,
  code         TEXT NOT NULL,
  name         TEXT NOT NULL,
  duty         TEXT NOT NULL           -- exporting, importing, both
);

CREATE TABLE registry_officer (
  officer_id   TEXT PRIMARY KEY,
  body         TEXT NOT NULL,          -- participant code, or scheme
  authority_id TEXT,                   -- empty for officers of the scheme
  name         TEXT NOT NULL,
  roles        TEXT NOT NULL           -- words separated by blanks, sorted
);

CREATE TABLE registry_key (
  key_id       TEXT PRIMARY KEY,       -- first eight bytes of the key's SHA-256, hexadecimal
  officer_id   TEXT NOT NULL,
  public_key   TEXT NOT NULL,          -- compressed point, hexadecimal
  device       TEXT NOT NULL,
  valid_from   TEXT NOT NULL,
  withdrawn_at TEXT                    -- from this instant it may not sign
);

CREATE TABLE registry_exporter (
  licence_number TEXT PRIMARY KEY,
  code           TEXT NOT NULL,
  holder         TEXT NOT NULL,
  address        TEXT NOT NULL,
  valid_from     TEXT NOT NULL,
  valid_until    TEXT NOT NULL         -- last civil day
);

CREATE TABLE registry_capacity (
  position       BIGINT PRIMARY KEY,
  code           TEXT NOT NULL,
  high_carats    BIGINT NOT NULL,      -- hundredths of a carat a year, the high estimate
  from_year      BIGINT NOT NULL,
  source         TEXT NOT NULL,
  dated          TEXT NOT NULL
);
