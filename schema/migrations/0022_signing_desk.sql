-- At which desk a certificate was signed, for the most that a key signs there in a day; and what detectors remember of it.
-- Rows written by an older kpcs are taken for the capital's; `kpcs rebuild` works them out exactly.

-- label of the office in whose log the signed bytes stand; empty at the capital
ALTER TABLE trade_credential ADD COLUMN office TEXT NOT NULL DEFAULT '';

CREATE TABLE detect_signing (
  key_id TEXT NOT NULL,                -- a document key, hexadecimal
  office TEXT NOT NULL,                -- label of the office; empty at the capital
  day    TEXT NOT NULL,                -- civil day, UTC
  signed BIGINT NOT NULL,              -- certificates
  PRIMARY KEY (key_id, office, day)
);
