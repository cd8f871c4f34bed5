-- Findings and what the detectors remember between entries. Derived: rebuilt from the log to the same bytes.

CREATE TABLE detect_finding (
  finding_id TEXT PRIMARY KEY,         -- number_used_twice:XA:XA-000001
  detector   TEXT NOT NULL,
  code       TEXT NOT NULL,            -- who is asked
  subject    TEXT NOT NULL,            -- certificate number, or empty
  found_at   BIGINT NOT NULL,          -- position of the entry that first showed it
  found_on   TEXT NOT NULL,
  body       TEXT NOT NULL             -- the whole finding as JSON: question, arithmetic, thresholds, evidence
);

CREATE TABLE detect_shipment (
  number      TEXT PRIMARY KEY,        -- a departed shipment
  code        TEXT NOT NULL,
  destination TEXT NOT NULL,
  carats      BIGINT NOT NULL,
  value_cents BIGINT NOT NULL,
  departed_on TEXT NOT NULL,
  log_place   TEXT NOT NULL,
  answered_on TEXT                     -- confirmed, with or without a difference
);

CREATE TABLE detect_arrival (
  position   BIGINT PRIMARY KEY,
  number     TEXT NOT NULL,
  at_code    TEXT NOT NULL,
  carats     BIGINT NOT NULL,
  arrived_on TEXT NOT NULL,
  log_place  TEXT NOT NULL
);

CREATE TABLE detect_year (
  code     TEXT NOT NULL,
  cal_year BIGINT NOT NULL,
  exported BIGINT NOT NULL,            -- hundredths of a carat, by departure
  imported BIGINT NOT NULL,            -- hundredths of a carat, by arrival
  value_exported BIGINT NOT NULL,      -- US cents
  PRIMARY KEY (code, cal_year)
);

CREATE TABLE detect_cursor (
  stage    TEXT PRIMARY KEY,
  position BIGINT NOT NULL
);
