-- Messages to officers and to programs: what they are told, where it is sent, and what came of it. Filled by kp-messages from
-- the log and the trail of accounts; settings of one node: no statement says them and no rebuild works them out.

CREATE TABLE messages_cursor (
  source   TEXT PRIMARY KEY,           -- log, trail
  position BIGINT NOT NULL             -- the last place that was looked at; at first start the end of the source
);

CREATE TABLE messages_setting (
  officer_id TEXT PRIMARY KEY,
  address    TEXT NOT NULL,            -- e-mail address; empty where the officer wants none
  cadence    TEXT NOT NULL,            -- none, instant, daily
  language   TEXT NOT NULL,            -- en, fr, pt
  set_at     TEXT NOT NULL
);

CREATE TABLE messages_message (
  message_id BIGINT PRIMARY KEY,       -- 1, 2, 3 ...
  officer_id TEXT NOT NULL,            -- who is told
  kind       TEXT NOT NULL,            -- shipment_departed, case_opened, ...: which text is said
  details    TEXT NOT NULL,            -- what the text is filled with: a JSON object of texts; no carats, no values
  about      TEXT NOT NULL,            -- page of what it is about, or empty
  at         TEXT NOT NULL,            -- when it happened
  read_at    TEXT,                     -- when the officer had seen it
  outbox_id  BIGINT                    -- the e-mail that carries it, where one does
);
CREATE INDEX messages_message_by_officer ON messages_message (officer_id, message_id);
-- Asked with every page, for the number beside the bell.
CREATE INDEX messages_message_unread ON messages_message (officer_id) WHERE read_at IS NULL;

CREATE TABLE messages_outbox (
  outbox_id    BIGINT PRIMARY KEY,     -- 1, 2, 3 ...
  channel      TEXT NOT NULL,          -- mail, webhook
  officer_id   TEXT NOT NULL,          -- for whom: the officer written to, or who set the webhook up
  target       TEXT NOT NULL,          -- e-mail address, or id of the webhook
  subject      TEXT NOT NULL,          -- subject line, or kind of the event
  body         TEXT NOT NULL,          -- what is sent, in the officer's language or as JSON
  sending_name TEXT NOT NULL,          -- Message-ID or webhook-id: the same at every try, so that a receiver can tell doubles
  state        TEXT NOT NULL,          -- waiting, sending, sent, failed, given_up
  tries        BIGINT NOT NULL,
  made_at      TEXT NOT NULL,
  next_at      TEXT NOT NULL,          -- not tried before
  tried_at     TEXT,                   -- the last try
  doubtful_at  TEXT,                   -- a try during which the node stopped: it may have arrived, and the next says so
  ended_at     TEXT,                   -- sent, or given up
  last_answer  TEXT NOT NULL           -- what the other side said, or why it was not reached
);
CREATE INDEX messages_outbox_by_state ON messages_outbox (state, next_at);

CREATE TABLE messages_webhook (
  webhook_id   TEXT PRIMARY KEY,
  officer_id   TEXT NOT NULL,          -- who set it up: it is told what this officer may see
  url          TEXT NOT NULL,
  kinds        TEXT NOT NULL,          -- kinds of statements, separated by blanks; empty: all
  secret       BYTEA NOT NULL,         -- signs what is sent; sealed under the folder's secret
  old_secret   BYTEA,                  -- the one before, sealed; signs too until its end
  old_until    TEXT,
  made_at      TEXT NOT NULL,
  ended_at     TEXT
);
