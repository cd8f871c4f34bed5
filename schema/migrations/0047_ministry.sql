-- Accounts bound to a ministry's own sign-in (OpenID Connect): settings of the node, filled by kp-accounts. The provider proves
-- who sits there, in place of the second factor; it opens no key, so nothing here is secret.

CREATE TABLE accounts_binding (
  binding_id   TEXT PRIMARY KEY,       -- drawn at random
  officer_id   TEXT NOT NULL,          -- whose account
  issuer       TEXT NOT NULL,          -- the provider, as it names itself
  subject      TEXT NOT NULL,          -- the person, as the provider names them for good; never an e-mail address
  name         TEXT NOT NULL,          -- what the provider called the person when it was bound: shown, never compared
  bound_at     TEXT NOT NULL,          -- by the officer, signed in
  last_used_at TEXT,                   -- when it last let the officer in or through
  ended_why    TEXT,                   -- removed (by the officer), account (closed or recovered)
  ended_at     TEXT
);
-- One person at the provider is one officer here, and the other way round.
CREATE UNIQUE INDEX accounts_binding_of ON accounts_binding (officer_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX accounts_binding_to ON accounts_binding (issuer, subject) WHERE ended_at IS NULL;
