-- What lots are worth, and refusals set aside: filled by kp-valuation and kp-registry from statements, rebuilt from the log
-- to the same bytes.

CREATE TABLE valuation_lot (
  lot            TEXT PRIMARY KEY,   -- the office's own reference: XA-L-17
  position       BIGINT NOT NULL,    -- the statement's place in the log: of several lots of an application the last counts
  code           TEXT NOT NULL,      -- who values
  application    TEXT NOT NULL,      -- the application it is or will be for
  licence_number TEXT NOT NULL,
  required       BIGINT NOT NULL,    -- how many values must be in: 1 to 3
  opened_on      TEXT NOT NULL,
  opened_by      TEXT NOT NULL
);

CREATE INDEX valuation_lot_application ON valuation_lot (application, position);
CREATE INDEX valuation_lot_code ON valuation_lot (code, position);

CREATE TABLE valuation_goods (
  lot    TEXT NOT NULL,
  sort   TEXT NOT NULL,              -- class, and size where the office sorts by size
  carats BIGINT NOT NULL,            -- hundredths
  PRIMARY KEY (lot, sort)
);

CREATE TABLE valuation_value (
  lot        TEXT NOT NULL,
  stage      TEXT NOT NULL,          -- as-presented, cleaned
  party      TEXT NOT NULL,          -- exporter, government, independent
  valued_by  TEXT NOT NULL,
  key_id     TEXT NOT NULL,          -- the officer's key; only it opens the seal
  sealed_at  TEXT NOT NULL,          -- the instant that went into the seal
  commitment TEXT NOT NULL,          -- SHA-256 that commits to the value; empty where it was put in openly as the last
  sealed     TEXT NOT NULL,          -- the sealed value; empty where it was put in openly
  price_book TEXT,                   -- the version it was made with
  opened_on  TEXT,                   -- none while it is sealed
  PRIMARY KEY (lot, stage, party)
);

CREATE TABLE valuation_value_line (
  lot         TEXT NOT NULL,
  stage       TEXT NOT NULL,
  party       TEXT NOT NULL,
  sort        TEXT NOT NULL,         -- class, and size where the office sorts by size
  value_cents BIGINT NOT NULL,       -- US cents
  PRIMARY KEY (lot, stage, party, sort)
);

CREATE TABLE valuation_weighing (
  position     BIGINT PRIMARY KEY,   -- the statement's place in the log
  lot          TEXT NOT NULL,
  point        TEXT NOT NULL,        -- reception, valuation, sealing
  carats       BIGINT NOT NULL,      -- hundredths
  scale        TEXT NOT NULL,
  photo_sha256 TEXT,                 -- of a photograph of the display
  weighed_by   TEXT NOT NULL,
  weighed_on   TEXT NOT NULL
);

CREATE INDEX valuation_weighing_lot ON valuation_weighing (lot, position);

CREATE TABLE valuation_explanation (
  position     BIGINT PRIMARY KEY,   -- the statement's place in the log
  lot          TEXT NOT NULL,
  matter       TEXT NOT NULL,        -- spread, weight
  figures      TEXT NOT NULL,        -- the figures it explains, and no others
  explanation  TEXT NOT NULL,
  explained_by TEXT NOT NULL,
  explained_on TEXT NOT NULL
);

CREATE INDEX valuation_explanation_lot ON valuation_explanation (lot, position);

CREATE TABLE valuation_dissent (
  position     BIGINT PRIMARY KEY,   -- the statement's place in the log
  lot          TEXT NOT NULL,
  words        TEXT NOT NULL,
  dissented_by TEXT NOT NULL,
  dissented_on TEXT NOT NULL
);

CREATE INDEX valuation_dissent_lot ON valuation_dissent (lot, position);

CREATE TABLE valuation_price_book (
  code           TEXT NOT NULL,
  version        TEXT NOT NULL,
  effective_from TEXT NOT NULL,
  sha256         TEXT NOT NULL,      -- of the book itself, which stays with the office
  recorded_on    TEXT NOT NULL,
  PRIMARY KEY (code, version)
);

CREATE TABLE valuation_band (
  code       TEXT NOT NULL,
  version    TEXT NOT NULL,
  sort       TEXT NOT NULL,          -- class, and size where the office sorts by size
  low_cents  BIGINT NOT NULL,        -- US cents per carat
  high_cents BIGINT NOT NULL,        -- US cents per carat
  PRIMARY KEY (code, version, sort)
);

CREATE TABLE registry_override (
  position    BIGINT PRIMARY KEY,    -- order of arrival at this node
  entry       TEXT NOT NULL UNIQUE,  -- log and place in it, the same at every node: kp.XA/2026 no. 17
  code        TEXT NOT NULL,         -- whose director
  act         TEXT NOT NULL,         -- the act that may go on
  subject     TEXT NOT NULL,         -- the certificate number
  refusal     TEXT NOT NULL,         -- the short name of the refusal set aside
  reason      TEXT NOT NULL,
  legal_basis TEXT NOT NULL,
  director    TEXT NOT NULL,         -- the officer who set it aside
  at          TEXT NOT NULL,         -- instant from which it holds, for a day
  used_at     TEXT                   -- instant of the act that rested on it; none while it has not served
);

CREATE INDEX registry_override_subject ON registry_override (subject, act);
CREATE INDEX registry_override_code ON registry_override (code, position);
