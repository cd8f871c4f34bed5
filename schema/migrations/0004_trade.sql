-- Certificates and their shipments: filled by kp-trade from statements, rebuilt from the log to the same bytes.

CREATE TABLE trade_application (
  application      TEXT PRIMARY KEY,   -- the office's own reference: XA-A-17
  code             TEXT NOT NULL,      -- the participant applied to
  licence_number   TEXT NOT NULL,
  importer         TEXT NOT NULL,
  importer_address TEXT NOT NULL,
  destination      TEXT NOT NULL,
  origin           TEXT NOT NULL,      -- XA, or mixed with its composition
  parcels          BIGINT NOT NULL,
  carats           BIGINT NOT NULL,    -- hundredths, sum of the lines
  value_cents      BIGINT NOT NULL,    -- US cents, sum of the lines
  declared_by      TEXT NOT NULL,      -- who declared the goods free of conflict
  applied_on       TEXT NOT NULL
);

CREATE TABLE trade_line (
  application TEXT NOT NULL,
  hs          TEXT NOT NULL,           -- 7102.10, 7102.21, 7102.31
  carats      BIGINT NOT NULL,
  value_cents BIGINT NOT NULL,
  PRIMARY KEY (application, hs)
);

CREATE TABLE trade_certificate (
  number       TEXT PRIMARY KEY,       -- XA-000001
  application  TEXT NOT NULL UNIQUE,
  code         TEXT NOT NULL,          -- issuing participant
  state        TEXT NOT NULL,          -- drafted, issued, validated, departed, arrived, confirmed, confirmed_with_difference
  drafted_by   TEXT NOT NULL,
  drafted_on   TEXT NOT NULL,
  issued_by    TEXT,
  issued_on    TEXT,
  expires_on   TEXT,                   -- last civil day on which it may leave
  validated_by TEXT,
  validated_on TEXT,
  seals        TEXT,                   -- seal numbers separated by blanks, sorted
  departed_at  TEXT,                   -- instant of the departure statement
  departed_on  TEXT                    -- civil day the goods left
);

CREATE INDEX trade_certificate_state ON trade_certificate (state, departed_on);

CREATE TABLE trade_arrival (
  position        BIGINT PRIMARY KEY,  -- every presentation is kept, also a second one of the same number
  number          TEXT NOT NULL,
  at_code         TEXT NOT NULL,       -- importing participant
  carats_received BIGINT NOT NULL,
  seals_intact    TEXT NOT NULL,       -- yes, no
  arrived_on      TEXT NOT NULL,
  recorded_by     TEXT NOT NULL
);

CREATE INDEX trade_arrival_number ON trade_arrival (number, position);

CREATE TABLE trade_confirmation (
  number           TEXT PRIMARY KEY,   -- a certificate is confirmed once
  at_code          TEXT NOT NULL,
  outcome          TEXT NOT NULL,      -- confirmed, confirmed_with_difference
  carats_confirmed BIGINT NOT NULL,
  explanation      TEXT NOT NULL,      -- empty without a difference
  confirmed_on     TEXT NOT NULL,
  confirmed_by     TEXT NOT NULL
);
