-- The whole life of a certificate: filled by kp-trade from statements, rebuilt from the log to the same bytes.
-- Rows written by an older kpcs get what later columns would hold by default; `kpcs rebuild` works them out exactly.

-- applied, deficient, rejected, drafted
ALTER TABLE trade_application ADD COLUMN state TEXT NOT NULL DEFAULT 'applied';
-- normal, technical
ALTER TABLE trade_application ADD COLUMN kind TEXT NOT NULL DEFAULT 'normal';
-- what a technical certificate is for: seized, research, return
ALTER TABLE trade_application ADD COLUMN purpose TEXT;
-- lot, project or number that a technical certificate is about
ALTER TABLE trade_application ADD COLUMN file_reference TEXT;
-- through where the goods pass, as the certificate itself says
ALTER TABLE trade_application ADD COLUMN transit_purpose TEXT;
-- who exports goods of a technical certificate, where no licence stands behind
ALTER TABLE trade_application ADD COLUMN exporter TEXT;
-- where
ALTER TABLE trade_application ADD COLUMN exporter_address TEXT;
-- how many containers
ALTER TABLE trade_application ADD COLUMN containers BIGINT NOT NULL DEFAULT 1;
-- number of the certificate that this one is to replace
ALTER TABLE trade_application ADD COLUMN replaces TEXT;

UPDATE trade_application SET state = 'drafted' WHERE application IN (SELECT application FROM trade_certificate);

-- first approver, where a second approval is needed
ALTER TABLE trade_certificate ADD COLUMN approved_by TEXT;
-- civil day
ALTER TABLE trade_certificate ADD COLUMN approved_on TEXT;
-- application that stands in its place
ALTER TABLE trade_certificate ADD COLUMN replaced_by TEXT;
-- civil day on which it was taken out of use
ALTER TABLE trade_certificate ADD COLUMN ended_on TEXT;
-- why
ALTER TABLE trade_certificate ADD COLUMN ended_because TEXT;

-- parcels counted on arrival, where they were
ALTER TABLE trade_arrival ADD COLUMN parcels BIGINT;
-- the container's number as it was read
ALTER TABLE trade_arrival ADD COLUMN container TEXT;
-- seal numbers as they were read, separated by blanks, sorted
ALTER TABLE trade_arrival ADD COLUMN seals TEXT;
-- opened, unopened
ALTER TABLE trade_arrival ADD COLUMN channel TEXT;
-- who took the goods in, as the papers name it
ALTER TABLE trade_arrival ADD COLUMN importer TEXT;

CREATE TABLE trade_application_step (
  position    BIGINT PRIMARY KEY,      -- the statement's place in the log
  application TEXT NOT NULL,
  step        TEXT NOT NULL,           -- deficient, cured, rejected
  reasons     TEXT NOT NULL,           -- in writing, for the applicant; empty for a cure
  done_by     TEXT NOT NULL,
  done_on     TEXT NOT NULL
);

CREATE TABLE trade_source (
  application TEXT NOT NULL,           -- a re-export
  number      TEXT NOT NULL,           -- the import certificate it draws on
  carats      BIGINT NOT NULL,         -- hundredths drawn from it
  PRIMARY KEY (application, number)
);

CREATE INDEX trade_source_number ON trade_source (number);

CREATE TABLE trade_parcel (
  application TEXT NOT NULL,
  place       BIGINT NOT NULL,         -- 1 to 5, as described
  hs          TEXT NOT NULL,
  carats      BIGINT NOT NULL,         -- hundredths
  PRIMARY KEY (application, place)
);

CREATE TABLE trade_arrival_line (
  position    BIGINT NOT NULL,         -- of the arrival
  hs          TEXT NOT NULL,
  carats      BIGINT NOT NULL,         -- hundredths measured
  value_cents BIGINT NOT NULL,         -- the importing side's own valuation, US cents
  PRIMARY KEY (position, hs)
);

CREATE TABLE trade_discrepancy (
  position BIGINT NOT NULL,            -- of the arrival
  code     TEXT NOT NULL,              -- SEAL_BROKEN, CARAT_DIFF, ...
  says     TEXT NOT NULL,              -- in a sentence, with the figures
  PRIMARY KEY (position, code)
);

CREATE TABLE trade_transit (
  position   BIGINT PRIMARY KEY,       -- the entry statement's place in the log
  number     TEXT NOT NULL,
  at_code    TEXT NOT NULL,            -- through whose territory
  container  TEXT NOT NULL,
  seals      TEXT NOT NULL,            -- separated by blanks, sorted
  entered_on TEXT NOT NULL,
  entered_by TEXT NOT NULL,
  ended_as   TEXT,                     -- left as it came, or opened and imported there
  ended_on   TEXT
);

CREATE INDEX trade_transit_number ON trade_transit (number, at_code);

CREATE TABLE trade_holding (
  position    BIGINT PRIMARY KEY,      -- the detention statement's place in the log
  number      TEXT NOT NULL,           -- the number presented with the goods
  at_code     TEXT NOT NULL,           -- who holds them
  state       TEXT NOT NULL,           -- detained, seized, returning; released, returned, forfeited, sold, destroyed
  moves       TEXT NOT NULL,           -- certificate, where the goods are the certificate's own; goods, where they are not
  reason      TEXT NOT NULL,
  codes       TEXT NOT NULL,           -- what differs, separated by blanks
  inform_by   TEXT NOT NULL,           -- last day on which the issuer must have been told
  detained_by TEXT NOT NULL,
  detained_on TEXT NOT NULL,
  lot         TEXT UNIQUE,             -- where seized: the lot's reference
  carats      BIGINT,                  -- of the lot, hundredths, weighed when it was seized
  seized_by   TEXT,
  seized_on   TEXT,
  legal_basis TEXT,                    -- of the seizure, and of what came of it
  ended_on    TEXT
);

CREATE INDEX trade_holding_number ON trade_holding (number, at_code);

CREATE TABLE trade_notice (
  position      BIGINT PRIMARY KEY,    -- the statement's place in the log
  number        TEXT NOT NULL,
  what          TEXT NOT NULL,         -- lost, stolen, spoiled, counterfeit
  code          TEXT NOT NULL,         -- who reports
  circumstances TEXT NOT NULL,
  reported_by   TEXT NOT NULL,
  reported_on   TEXT NOT NULL
);

CREATE INDEX trade_notice_number ON trade_notice (number);

CREATE TABLE trade_correction (
  position      BIGINT PRIMARY KEY,    -- the instruction's place in the log
  number        TEXT NOT NULL,
  field         TEXT NOT NULL,         -- what is corrected
  was           TEXT NOT NULL,         -- as the certificate says, which stays as it is
  becomes       TEXT NOT NULL,
  reason        TEXT NOT NULL,
  instructed_by TEXT NOT NULL,
  instructed_on TEXT NOT NULL,
  accepted_at   BIGINT,                -- the acceptance's place in the log
  accepted_by   TEXT,
  accepted_on   TEXT
);

CREATE INDEX trade_correction_number ON trade_correction (number);
