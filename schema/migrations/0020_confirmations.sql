-- Confirmations that came from outside, row by row, and by which calendar open certificates are asked about.

CREATE TABLE trade_confirmation_row (
  position    BIGINT NOT NULL,         -- the statement that brought it: its place in the log
  place       BIGINT NOT NULL,         -- its place in the statement, from 1
  code        TEXT NOT NULL,           -- whose queue: the exporting participant
  came_by     TEXT NOT NULL,           -- file, message, slip, portal, telephone
  sent_by     TEXT NOT NULL,           -- who sent it, in words
  file        TEXT NOT NULL,           -- empty where it was typed
  file_sha256 TEXT NOT NULL,           -- what the file is kept under; empty where it was typed
  sheet       TEXT,                    -- in a workbook of several
  file_row    BIGINT NOT NULL,         -- as a spreadsheet program counts it
  raw         TEXT NOT NULL,           -- everything that stood there
  number      TEXT,                    -- where it could be read
  at_code     TEXT,                    -- who confirms
  carats      BIGINT,                  -- weighed on arrival, hundredths
  value_cents BIGINT,                  -- as measured there, US cents
  parcels     BIGINT,
  arrived_on  TEXT,
  remarks     TEXT NOT NULL,
  unread      TEXT,                    -- why it could not be read
  state       TEXT NOT NULL,           -- matched, noted, to_mend, mended, dropped
  reason      TEXT NOT NULL,           -- short name of why it was not matched, or empty
  sentence    TEXT NOT NULL,           -- why, and how to mend it; where matched, what differs
  received_on TEXT NOT NULL,
  ended_at    BIGINT,                  -- the statement that matched it later, mended or dropped it
  PRIMARY KEY (position, place)
);

CREATE INDEX trade_confirmation_row_number ON trade_confirmation_row (number);
CREATE INDEX trade_confirmation_row_ended ON trade_confirmation_row (ended_at);

CREATE TABLE trade_ageing (
  position      BIGINT PRIMARY KEY,    -- the statement's place in the log: it holds for days reached after it
  query_after   BIGINT NOT NULL,       -- days after departure
  owed_after    BIGINT NOT NULL,
  visible_after BIGINT NOT NULL,
  public_after  BIGINT NOT NULL,
  decision      TEXT NOT NULL,         -- what it rests on
  set_on        TEXT NOT NULL
);

-- A case about an open certificate climbs by the calendar of its departure; others by their due date.
ALTER TABLE cases_case ADD COLUMN visible_on TEXT;
ALTER TABLE cases_case ADD COLUMN public_on TEXT;
