-- Answers to programs, kept under the names that they gave their requests (Idempotency-Key): who asks again gets the same
-- answer and nothing is done twice. Settings of the node, filled by kp-accounts; rows older than a week are removed.

CREATE TABLE accounts_answer (
  officer_id TEXT NOT NULL,            -- who asked: the name is the officer's own, whatever session or token sent it
  name       TEXT NOT NULL,            -- the Idempotency-Key
  request    BYTEA NOT NULL,           -- SHA-256 over method, path and body: another request under the same name is refused
  status     BIGINT NOT NULL,          -- HTTP status of the answer; 0 while the request is under way, or where power failed in it
  answer     TEXT NOT NULL,            -- the answer's JSON, without secrets that are shown once
  at         TEXT NOT NULL,            -- instant of the request
  PRIMARY KEY (officer_id, name)
);
CREATE INDEX accounts_answer_by_age ON accounts_answer (at);
