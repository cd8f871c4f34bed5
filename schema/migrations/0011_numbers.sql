-- Numbers and where they are: logs of offices beside our own, ranges allotted to offices, blank paper by number.

ALTER TABLE log_head ADD COLUMN office TEXT NOT NULL DEFAULT ''; -- XA.north where an office keeps the log; empty for the capital

CREATE TABLE registry_office (
  code       TEXT NOT NULL,            -- whose office
  label      TEXT NOT NULL,            -- north
  place      TEXT NOT NULL,            -- where it is, in words
  key_id     TEXT NOT NULL UNIQUE,     -- the office's node key, which opens its logs
  public_key TEXT NOT NULL,            -- compressed point, hexadecimal
  from_day   TEXT NOT NULL,
  PRIMARY KEY (code, label)
);

CREATE TABLE trade_range (
  position        BIGINT PRIMARY KEY,  -- the allotment's place in the log
  code            TEXT NOT NULL,
  office          TEXT NOT NULL,       -- label of the office or device that alone uses these numbers
  first_serial    BIGINT NOT NULL,
  last_serial     BIGINT NOT NULL,
  allotted_on     TEXT NOT NULL,
  withdrawn_on    TEXT,                -- the office must use no further number of it
  withdrawn_log   TEXT,                -- where the withdrawal stands, so that the office can say that it has read it
  withdrawn_entry BIGINT,
  returned_on     TEXT                 -- the office has read the withdrawal: what it did not use is the capital's again
);

CREATE INDEX trade_range_code ON trade_range (code, first_serial);

CREATE INDEX trade_certificate_serial ON trade_certificate (code, (CAST(SUBSTR(number, 4) AS BIGINT)));

CREATE TABLE trade_blank (
  code         TEXT NOT NULL,
  first_serial BIGINT NOT NULL,
  last_serial  BIGINT NOT NULL,        -- every number from first to last is in this place
  place        TEXT NOT NULL,          -- printed, delivered, handed_over, held, used, spoiled, lost, stolen, condemned, destroyed
  custodian    TEXT NOT NULL,          -- printer, capital, or an office's label
  officer      TEXT NOT NULL,          -- who handed over or condemned, so that a second person follows; else empty
  form_version TEXT NOT NULL,
  PRIMARY KEY (code, first_serial)
);

CREATE TABLE trade_problem (
  position BIGINT PRIMARY KEY,         -- an entry that does not fit what stood here before it; it changed no table
  log_id   TEXT NOT NULL,
  about    TEXT NOT NULL,              -- certificate number, application or range
  sentence TEXT NOT NULL               -- what does not fit
);

CREATE INDEX trade_problem_about ON trade_problem (about);

CREATE TABLE detect_draft (
  number    TEXT NOT NULL,
  position  BIGINT NOT NULL,
  log_place TEXT NOT NULL,
  PRIMARY KEY (number, position)
);

CREATE TABLE detect_range (
  position     BIGINT PRIMARY KEY,
  code         TEXT NOT NULL,
  office       TEXT NOT NULL,
  first_serial BIGINT NOT NULL,
  last_serial  BIGINT NOT NULL,
  log_place    TEXT NOT NULL
);

CREATE TABLE detect_blank_missing (
  position     BIGINT PRIMARY KEY,
  code         TEXT NOT NULL,
  first_serial BIGINT NOT NULL,
  last_serial  BIGINT NOT NULL,
  how          TEXT NOT NULL,          -- lost, stolen
  reported_on  TEXT NOT NULL,
  log_place    TEXT NOT NULL
);

CREATE TABLE detect_blank_keeper (
  code        TEXT NOT NULL,
  custodian   TEXT NOT NULL,           -- who must count from then on
  since_day   TEXT NOT NULL,
  log_place   TEXT NOT NULL,
  PRIMARY KEY (code, custodian)
);

CREATE TABLE detect_blank_count (
  code      TEXT NOT NULL,
  custodian TEXT NOT NULL,
  in_month  TEXT NOT NULL,             -- 2026-02
  PRIMARY KEY (code, custodian, in_month)
);

CREATE TABLE detect_blank_rule (
  position       BIGINT PRIMARY KEY,
  code           TEXT NOT NULL,
  value          TEXT NOT NULL,        -- yes, no
  effective_from TEXT NOT NULL
);
