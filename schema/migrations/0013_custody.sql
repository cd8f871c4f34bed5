-- Parcels, their sources and their holders: filled by kp-custody from statements, rebuilt from the log to the same bytes.

CREATE TABLE custody_parcel (
  parcel      TEXT PRIMARY KEY,   -- the office's own reference: XA-P-7
  code        TEXT NOT NULL,      -- in whose territory it lies
  hs          TEXT NOT NULL,      -- 7102.10, 7102.21, 7102.31
  carats      BIGINT NOT NULL,    -- hundredths; of a spent parcel the last weight
  holder      TEXT NOT NULL,      -- a trader's licence, an authority's or an officer's id
  state       TEXT NOT NULL,      -- held, reserved, exported, seized, spent
  application TEXT,               -- the application it is reserved for or left under
  recorded_on TEXT NOT NULL,
  recorded_by TEXT NOT NULL
);

CREATE INDEX custody_parcel_holder ON custody_parcel (holder, state);

CREATE TABLE custody_source (
  source TEXT PRIMARY KEY,        -- the parcel it was recorded with and its place there: XA-P-1/2
  parcel TEXT NOT NULL,
  code   TEXT NOT NULL,           -- in whose territory it was recorded
  kind   TEXT NOT NULL,           -- find, purchase, import
  paper  TEXT NOT NULL,           -- mining licence, slip or certificate number
  words  TEXT NOT NULL,           -- the source as it was typed, with ground and days
  carats BIGINT NOT NULL,         -- hundredths
  audit  TEXT                     -- the audit that cleared it, where a measure stands against it
);

CREATE INDEX custody_source_paper ON custody_source (code, kind, paper);
CREATE INDEX custody_source_audit ON custody_source (audit);

CREATE TABLE custody_share (
  parcel TEXT NOT NULL,
  source TEXT NOT NULL,
  carats BIGINT NOT NULL,         -- hundredths by proportion; nought is possible all the same
  PRIMARY KEY (parcel, source)
);

CREATE TABLE custody_link (
  parcel   TEXT NOT NULL,         -- what came out
  input    TEXT NOT NULL,         -- what went in
  position BIGINT NOT NULL,       -- the split or mixture
  PRIMARY KEY (parcel, input)
);

CREATE TABLE custody_regrouping (
  position BIGINT PRIMARY KEY,    -- the statement's place in the log
  kind     TEXT NOT NULL,         -- parcel_split, parcels_mixed
  loss     BIGINT NOT NULL,       -- hundredths
  reason   TEXT NOT NULL          -- empty where nothing was lost
);

CREATE TABLE custody_handover (
  position    BIGINT PRIMARY KEY, -- the statement's place in the log
  parcel      TEXT NOT NULL,
  from_holder TEXT NOT NULL,
  to_holder   TEXT NOT NULL,
  handed_by   TEXT NOT NULL,
  handed_on   TEXT NOT NULL,
  outcome     TEXT,               -- accepted, taken_back; none while it is under way
  settled_by  TEXT,
  settled_on  TEXT
);

CREATE INDEX custody_handover_parcel ON custody_handover (parcel, position);

CREATE TABLE custody_adjustment (
  position      BIGINT PRIMARY KEY, -- the statement's place in the log
  parcel        TEXT NOT NULL,
  carats_before BIGINT NOT NULL,    -- hundredths
  carats_now    BIGINT NOT NULL,    -- hundredths
  reason        TEXT NOT NULL,
  adjusted_by   TEXT NOT NULL,
  adjusted_on   TEXT NOT NULL,
  agreed_by     TEXT,               -- the second signature; none while it is open
  agreed_on     TEXT
);

CREATE INDEX custody_adjustment_parcel ON custody_adjustment (parcel, position);

CREATE TABLE custody_audit (
  audit       TEXT PRIMARY KEY,   -- XA-AUD-1
  code        TEXT NOT NULL,      -- whose ground
  carats      BIGINT NOT NULL,    -- hundredths that it clears
  auditor     TEXT NOT NULL,
  report      TEXT NOT NULL,
  recorded_on TEXT NOT NULL
);

CREATE TABLE custody_claim (
  application TEXT NOT NULL,      -- the reference of an application
  parcel      TEXT NOT NULL,
  PRIMARY KEY (application, parcel)
);

CREATE INDEX custody_claim_parcel ON custody_claim (parcel);
