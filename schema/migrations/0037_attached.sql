-- Papers and photographs beside records. Filled from statements; the files lie in the data folder under their SHA-256.

CREATE TABLE attached_paper (
  position    BIGINT PRIMARY KEY,      -- place of the statement in the log
  belongs_to  TEXT NOT NULL,           -- certificate, application, case
  record      TEXT NOT NULL,           -- its number or reference
  sort        TEXT NOT NULL,           -- invoice, packing-list, transport-paper, permit, photograph, scan, letter, other-paper
  words       TEXT NOT NULL,           -- what it shows, as the officer said it
  file_sha256 TEXT NOT NULL,           -- which file, hexadecimal
  media_type  TEXT NOT NULL,           -- what the file is by its own bytes: pdf, jpeg, png, tiff
  bytes       BIGINT NOT NULL,         -- its length
  body        TEXT NOT NULL,           -- whose officer: a participant's code, or scheme
  attached_by TEXT NOT NULL,           -- which officer
  attached_at TEXT NOT NULL            -- when, RFC 3339 UTC
);

CREATE INDEX attached_paper_record ON attached_paper (belongs_to, record, position);
