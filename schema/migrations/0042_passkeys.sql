-- Passkeys of accounts: settings of the node, filled by kp-accounts, like everything whose name begins so.

CREATE TABLE accounts_passkey (
  credential_id BYTEA PRIMARY KEY,     -- as the authenticator gave it
  officer_id    TEXT NOT NULL,         -- whose
  name          TEXT NOT NULL,         -- in the officer's words
  site          TEXT NOT NULL,         -- the host name that it was made for: it serves at no other
  public_key    BYTEA NOT NULL,        -- COSE_Key, as the authenticator gave it
  counter       BIGINT NOT NULL,       -- what the authenticator last counted; 0 where it does not count
  keeping       TEXT NOT NULL,         -- device, synced: whether the private half can be copied by its provider
  opens         TEXT NOT NULL,         -- key, nothing: whether a copy of the officer's key lies under its secret
  made_at       TEXT NOT NULL,
  last_used_at  TEXT,
  ended_why     TEXT,                  -- removed, copied (the counter went back), account (closed or recovered)
  ended_at      TEXT
);
CREATE INDEX accounts_passkey_of ON accounts_passkey (officer_id);
