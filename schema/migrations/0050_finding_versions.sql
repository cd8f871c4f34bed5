-- What a finding said from which entry on: "what did we believe on 5 November 2009" (L53).

CREATE TABLE detect_finding_version (
  finding_id TEXT NOT NULL,
  position   BIGINT NOT NULL,          -- the entry that made it say this
  said_on    TEXT NOT NULL,            -- the day of that entry
  body       TEXT NOT NULL,            -- the finding, JSON
  PRIMARY KEY (finding_id, position)
);
