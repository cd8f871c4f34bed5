-- Who signs in at this node: settings of the node, filled by kp-accounts. No statement of the log is here, nothing here is
-- rebuilt, and nothing here is published. Secrets are hashed or sealed under a key that lies in the data folder.

CREATE TABLE accounts_account (
  officer_id      TEXT PRIMARY KEY,    -- whose; the registry says who that is and what the officer may do
  state           TEXT NOT NULL,       -- invited, open, closed
  password        TEXT,                -- Argon2id in PHC form, peppered; empty until the invitation is taken up
  password_set_at TEXT,
  factor          BYTEA,               -- secret of the time codes, sealed; empty until the invitation is taken up
  factor_step     BIGINT NOT NULL,     -- the last time step whose code was used: no code serves twice
  since           TEXT NOT NULL        -- instant of the last change of state
);

CREATE TABLE accounts_invitation (
  code_hash   BYTEA PRIMARY KEY,       -- SHA-256 of the code; the code itself is shown once and kept nowhere
  officer_id  TEXT NOT NULL,
  purpose     TEXT NOT NULL,           -- join, new_factor, new_password
  issued_by   TEXT NOT NULL,
  issued_at   TEXT NOT NULL,
  expires_at  TEXT NOT NULL,
  used_at     TEXT                     -- when it was taken up or withdrawn: it serves once
);

CREATE TABLE accounts_recovery_code (
  officer_id TEXT NOT NULL,
  code_hash  BYTEA NOT NULL,           -- SHA-256 of eighty random bits and the officer's id
  used_at    TEXT,
  PRIMARY KEY (officer_id, code_hash)
);

CREATE TABLE accounts_recovery (
  recovery_id  TEXT PRIMARY KEY,
  officer_id   TEXT NOT NULL,
  kind         TEXT NOT NULL,          -- factor, password
  started_by   TEXT NOT NULL,          -- the administrator
  started_at   TEXT NOT NULL,
  confirmed_by TEXT,                   -- another officer, who saw the person
  confirmed_at TEXT,
  ready_at     TEXT,                   -- from this instant the code can be fetched: until then the officer can object
  ended        TEXT,                   -- done, stopped
  ended_by     TEXT,
  ended_at     TEXT
);

CREATE TABLE accounts_token (
  token_id   TEXT PRIMARY KEY,         -- short public name
  officer_id TEXT NOT NULL,
  label      TEXT NOT NULL,            -- what it is for, in the officer's words
  token_hash BYTEA NOT NULL,           -- SHA-256 of the token; shown once
  scopes     TEXT NOT NULL,            -- words separated by blanks: read, or names of acts
  made_at    TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  ended_at   TEXT
);

CREATE TABLE accounts_trail (
  number  BIGINT PRIMARY KEY,          -- 1, 2, 3 ... without a gap
  at      TEXT NOT NULL,
  by_whom TEXT NOT NULL,               -- an officer, or the word keeper for the machine's own command line
  what    TEXT NOT NULL,               -- invited, joined, signed_in, not_signed_in, closed, ...
  about   TEXT NOT NULL,               -- the officer concerned
  detail  TEXT NOT NULL,
  chain   BYTEA NOT NULL               -- SHA-256 over the chain before and this row: a row taken away or changed shows
);

CREATE TABLE accounts_look (
  number  BIGINT PRIMARY KEY,
  at      TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  body    TEXT NOT NULL,               -- for whom the officer acts
  what    TEXT NOT NULL,               -- certificate, case, receipt, exporters, ...
  about   TEXT NOT NULL,               -- which: a number, a code
  owner   TEXT NOT NULL,               -- whose it is: codes separated by blanks; its auditors may read this row
  chain   BYTEA NOT NULL
);
