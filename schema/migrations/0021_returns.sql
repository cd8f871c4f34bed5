-- Returns of every table of Annex III: declared, due, approved, and waiting in a sandbox; and what the cells are made of.

CREATE TABLE statistics_declared (
  position        BIGINT NOT NULL,     -- the statement; a later one for the same table and period stands above
  row_order       BIGINT NOT NULL,
  code            TEXT NOT NULL,       -- whose return
  annex_table     TEXT NOT NULL,       -- production, imports, exports, certificates, stocks
  period          TEXT NOT NULL,       -- 2026-H1, 2026-Q1, 2026
  declared        TEXT NOT NULL,       -- figure, nil
  partner         TEXT,
  hs              TEXT,
  production_type TEXT NOT NULL,       -- production, artisanal, large-scale
  carats          BIGINT NOT NULL,     -- hundredths
  value_cents     BIGINT NOT NULL,
  counted         TEXT,                -- validated, received; where certificates are counted
  certificates    BIGINT,
  visibility      TEXT NOT NULL,       -- public, participants, secretariat
  recorded_at     TEXT NOT NULL,       -- known to us since
  reason          TEXT NOT NULL,       -- why it was sent again; empty for the first
  PRIMARY KEY (position, row_order)
);

CREATE INDEX statistics_declared_period ON statistics_declared (code, annex_table, period, position);

CREATE TABLE statistics_forced (
  position   BIGINT NOT NULL,          -- the return
  row_order  BIGINT NOT NULL,
  rule       TEXT NOT NULL,            -- which rule warned
  reason     TEXT NOT NULL,            -- why it is so all the same
  PRIMARY KEY (position, row_order)
);

CREATE TABLE statistics_calendar (
  position BIGINT PRIMARY KEY,         -- the statement
  begins   TEXT NOT NULL,              -- returns are due for periods that hold this day, and later ones
  decision TEXT NOT NULL
);

CREATE TABLE statistics_return_step (
  code        TEXT NOT NULL,           -- who owes a return
  annex_table TEXT NOT NULL,
  period      TEXT NOT NULL,
  step        TEXT NOT NULL,           -- reminded, overdue, reported_to_chair, named: the last one reached
  reached_on  TEXT NOT NULL,
  PRIMARY KEY (code, annex_table, period)
);

CREATE TABLE statistics_approval (
  position    BIGINT PRIMARY KEY,      -- the statement
  annex_table TEXT NOT NULL,
  period      TEXT NOT NULL,
  approved_by TEXT NOT NULL,
  approved_on TEXT NOT NULL
);

CREATE TABLE statistics_sandbox (
  sandbox_id  TEXT PRIMARY KEY,        -- not part of a rebuild: nobody has signed it yet
  code        TEXT NOT NULL,           -- whose; nobody else is shown it
  annex_table TEXT NOT NULL,
  period      TEXT NOT NULL,
  file        TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  content     BYTEA NOT NULL,          -- the file as it was uploaded
  put_by      TEXT NOT NULL,           -- which officer
  put_at      TEXT NOT NULL
);

CREATE TABLE statistics_posting (
  position    BIGINT NOT NULL,         -- the departure or arrival that was counted
  row_order   BIGINT NOT NULL,
  number      TEXT NOT NULL,           -- the certificate behind the figure
  code        TEXT NOT NULL,           -- whose figure
  flow        TEXT NOT NULL,           -- export, import
  partner     TEXT NOT NULL,
  counted_on  TEXT NOT NULL,           -- the day of departure or arrival
  quarter     TEXT NOT NULL,
  hs          TEXT NOT NULL,
  carats      BIGINT NOT NULL,
  value_cents BIGINT NOT NULL,
  recorded_at TEXT NOT NULL,           -- known to us since
  PRIMARY KEY (position, row_order, flow)
);

CREATE INDEX statistics_posting_number ON statistics_posting (number);

CREATE TABLE statistics_certificate_posting (
  position    BIGINT NOT NULL,         -- the validation or arrival that was counted
  code        TEXT NOT NULL,
  quarter     TEXT NOT NULL,
  what        TEXT NOT NULL,           -- validated, received
  recorded_at TEXT NOT NULL,           -- known to us since
  PRIMARY KEY (position, code, what)
);

CREATE TABLE statistics_presentation (
  position    BIGINT PRIMARY KEY,      -- an arrival, counted or not
  number      TEXT NOT NULL,
  code        TEXT NOT NULL,           -- where it was presented
  arrived_on  TEXT NOT NULL,           -- as it was stated
  carats      BIGINT NOT NULL,
  recorded_at TEXT NOT NULL
);
