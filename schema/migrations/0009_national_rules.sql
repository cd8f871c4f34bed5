-- What each participant's own law says: filled by kp-registry from statements, rebuilt from the log to the same bytes.

CREATE TABLE registry_national_rule (
  position       BIGINT PRIMARY KEY,   -- the statement's place in the log: later statements stand above earlier ones
  code           TEXT NOT NULL,
  rule           TEXT NOT NULL,        -- validity, valuations-required, sources-required, second-approval, override-allowed, blank-stock
  value          TEXT NOT NULL,        -- 60-days, 2-months, a number, or yes and no
  effective_from TEXT NOT NULL,        -- first civil day on which it holds
  legal_act      TEXT NOT NULL         -- the law or order
);
