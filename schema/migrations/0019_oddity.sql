-- What is odd about an entry that stands all the same: filled by kp-trade from statements, rebuilt from the log to the same
-- bytes. What does not stand is in trade_problem.

CREATE TABLE trade_oddity (
  position BIGINT PRIMARY KEY,         -- the statement's place in the order of arrival
  about    TEXT NOT NULL,              -- application or number
  sentence TEXT NOT NULL               -- what is odd, for people
);
