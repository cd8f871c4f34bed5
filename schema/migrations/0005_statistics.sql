-- Annex III: returns as they were sent (every version is kept), and cells counted from departures and arrivals.

CREATE TABLE statistics_return (
  position        BIGINT NOT NULL,     -- the statement that said so; a later statement for the same half stands above
  row_order       BIGINT NOT NULL,     -- several rows of one half add up
  code            TEXT NOT NULL,
  name            TEXT NOT NULL,       -- as the source writes it
  half            TEXT NOT NULL,       -- 2008-H1
  declaration     TEXT NOT NULL,       -- production, nil
  production_type TEXT NOT NULL,       -- unlabelled, artisanal, large-scale
  carats          BIGINT NOT NULL,     -- hundredths
  value_cents     BIGINT NOT NULL,
  created         TEXT,                -- when the row was created in its source, where it says so
  modified        TEXT,
  source          TEXT NOT NULL,       -- who published it, or who sent it
  file            TEXT NOT NULL,       -- file and row, where it came from a file
  file_row        BIGINT NOT NULL,
  recorded_at     TEXT NOT NULL,       -- known to us since
  PRIMARY KEY (position, row_order)
);

CREATE INDEX statistics_return_half ON statistics_return (code, half, position);

CREATE TABLE statistics_cell (
  code        TEXT NOT NULL,           -- whose figure
  flow        TEXT NOT NULL,           -- export, import
  partner     TEXT NOT NULL,           -- destination, or provenance
  quarter     TEXT NOT NULL,           -- 2026-Q1
  hs          TEXT NOT NULL,
  carats      BIGINT NOT NULL,
  value_cents BIGINT NOT NULL,
  shipments   BIGINT NOT NULL,
  PRIMARY KEY (code, flow, partner, quarter, hs)
);

CREATE TABLE statistics_certificate_count (
  code         TEXT NOT NULL,
  quarter      TEXT NOT NULL,
  what         TEXT NOT NULL,          -- validated (for export), received (imports accompanied by one)
  certificates BIGINT NOT NULL,
  PRIMARY KEY (code, quarter, what)
);

CREATE TABLE statistics_shipment (
  number      TEXT NOT NULL,           -- a departed shipment, until it arrives
  hs          TEXT NOT NULL,
  code        TEXT NOT NULL,           -- exporter
  carats      BIGINT NOT NULL,
  value_cents BIGINT NOT NULL,
  arrived     BIGINT NOT NULL,         -- position of the arrival that was counted, or 0
  PRIMARY KEY (number, hs)
);

CREATE TABLE statistics_problem (
  position BIGINT PRIMARY KEY,         -- what could not be counted, and why
  sentence TEXT NOT NULL
);

CREATE TABLE statistics_cursor (
  stage    TEXT PRIMARY KEY,
  position BIGINT NOT NULL             -- last entry seen; not part of a rebuild's comparison
);
