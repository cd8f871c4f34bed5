-- What officers write beside the figures of a return: while it waits in the sandbox, and once it is declared.

CREATE TABLE statistics_sandbox_note (
  sandbox_id TEXT NOT NULL,            -- the return that waits; not part of a rebuild: nobody has signed it yet
  code       TEXT NOT NULL,            -- whose; nobody else is shown it
  kind       TEXT NOT NULL,            -- comment; complete: what is blank is meant to be blank
  figure     TEXT NOT NULL,            -- which figure, as `XB 7102.31`; empty where it is about the whole return
  words      TEXT NOT NULL,            -- the comment; empty for complete
  noted_by   TEXT NOT NULL,            -- which officer
  noted_at   TEXT NOT NULL,
  PRIMARY KEY (sandbox_id, kind, figure)
);

CREATE TABLE statistics_comment (
  position  BIGINT NOT NULL,           -- the return
  row_order BIGINT NOT NULL,
  figure    TEXT NOT NULL,             -- which figure, as `XB 7102.31`
  words     TEXT NOT NULL,             -- what its participant says of it
  PRIMARY KEY (position, row_order)
);
