-- Cases: a question with an owner and a clock. Filled from statements, some of them the node's own.

CREATE TABLE cases_case (
  case_number TEXT PRIMARY KEY,        -- C-2026-0001
  finding_id  TEXT NOT NULL,           -- what it is about; empty where a person opened it without a finding
  asked       TEXT NOT NULL,           -- the participant that owes the answer
  owner       TEXT NOT NULL,           -- who follows it: a role of the scheme
  title       TEXT NOT NULL,
  question    TEXT NOT NULL,
  opened_on   TEXT NOT NULL,
  answer_due  TEXT NOT NULL,
  state       TEXT NOT NULL,           -- open, answered, closed
  level       TEXT NOT NULL,           -- query, answer_owed, visible, public
  answered_on TEXT,
  closed_on   TEXT,
  outcome     TEXT                     -- explained, corrected, not_explained
);

CREATE TABLE cases_step (
  position    BIGINT PRIMARY KEY,      -- every step of every case, in the order of the log
  case_number TEXT NOT NULL,
  step        TEXT NOT NULL,           -- opened, asked, answered, reminded, escalated, closed
  by_whom     TEXT NOT NULL,
  on_day      TEXT NOT NULL,
  text        TEXT NOT NULL,
  late        TEXT NOT NULL            -- yes where an answer came after its due date
);

CREATE INDEX cases_step_case ON cases_step (case_number, position);
