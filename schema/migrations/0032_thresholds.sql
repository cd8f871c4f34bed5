-- Thresholds of the detectors over certificate streams: filled by kp-detect from statements, rebuilt from the log to the
-- same bytes. Every setting is kept; what holds is the last of each name, beside the defaults of the program.

CREATE TABLE detect_threshold (
  position  BIGINT PRIMARY KEY,     -- the statement's place in the log
  threshold TEXT NOT NULL,          -- its name in the public list
  value     BIGINT NOT NULL,        -- in the unit that the list states
  reason    TEXT NOT NULL,          -- why, as the working group wrote it
  set_by    TEXT NOT NULL,          -- the officer
  set_on    TEXT NOT NULL           -- civil day of the statement
);
