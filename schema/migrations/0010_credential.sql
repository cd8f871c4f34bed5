-- The certificate as signed bytes, and its prints: filled by kp-trade from statements, rebuilt from the log to the same bytes.

CREATE TABLE trade_credential (
  number     TEXT PRIMARY KEY,         -- a certificate is signed once; what changes later is a new certificate
  position   BIGINT NOT NULL,          -- where the signed bytes stand in the log
  key_id     TEXT NOT NULL,            -- which document key signed
  check_code TEXT NOT NULL,            -- what is read over a telephone where a symbol cannot be scanned
  signed_at  TEXT NOT NULL
);

CREATE TABLE trade_print (
  position   BIGINT PRIMARY KEY,       -- the statement's place in the log
  number     TEXT NOT NULL,
  copy       BIGINT NOT NULL,          -- 1 the original; from 2 on the sheet is marked REPRINT
  reason     TEXT NOT NULL,            -- why it was printed again; empty for the original
  printed_by TEXT NOT NULL,
  printed_at TEXT NOT NULL
);

CREATE UNIQUE INDEX trade_print_copy ON trade_print (number, copy);
