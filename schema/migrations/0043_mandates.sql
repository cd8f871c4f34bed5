-- Traders' persons, mandates to brokers, and who filed an application: filled by kp-registry and kp-trade from statements,
-- rebuilt from the log to the same bytes.

-- the licence that a trader's person acts for; empty for officers of authorities and of the scheme
ALTER TABLE registry_officer ADD COLUMN licence_number TEXT;

CREATE TABLE registry_mandate (
  mandate        TEXT PRIMARY KEY,     -- reference, beginning with the participant's code
  code           TEXT NOT NULL,        -- the participant whose licences these are
  licence_number TEXT NOT NULL,        -- of the exporter who gives it
  broker         TEXT NOT NULL,        -- licence number of the broker who has it
  destinations   TEXT NOT NULL,        -- codes separated by blanks; empty for all
  most_carats    BIGINT,               -- hundredths of a carat, of all applications under it together; empty for no limit
  most_cents     BIGINT,               -- US cents, of all applications under it together; empty for no limit
  valid_from     TEXT NOT NULL,
  valid_until    TEXT NOT NULL,        -- last civil day
  ended_on       TEXT                  -- civil day from which it serves no more, where somebody ended it before
);

CREATE TABLE trade_filing (
  application TEXT PRIMARY KEY,
  filed_by    TEXT NOT NULL,           -- officer id of the trader's person; empty where a clerk took it down for a broker
  filed_under TEXT NOT NULL,           -- licence that the person acts for; with a mandate the broker's
  mandate     TEXT                     -- under which a broker filed it; empty where the exporter did
);
CREATE INDEX trade_filing_of_mandate ON trade_filing (mandate);
CREATE INDEX trade_filing_of_licence ON trade_filing (filed_under);
