-- What the search box looks in: filled by kp-search from statements, worked out again from the log to the same rows.

CREATE TABLE search_word (
  body      TEXT NOT NULL,             -- whose: participant code, scheme, or empty for what is everybody's
  kind      TEXT NOT NULL,             -- participant, authority, exporter, officer, party
  word      TEXT NOT NULL,             -- folded: no accents, small letters; or a code without its punctuation
  reference TEXT NOT NULL,             -- the thing's code; of a party, its name as the papers write it
  PRIMARY KEY (body, kind, word, reference)
);

CREATE INDEX search_word_reference ON search_word (body, kind, reference, word);

CREATE TABLE search_near (
  near TEXT NOT NULL,                  -- a word, whole or with one letter taken out
  word TEXT NOT NULL,                  -- the word
  PRIMARY KEY (near, word)
);

CREATE TABLE search_seal (
  body   TEXT NOT NULL,                -- whose: participant code
  seal   TEXT NOT NULL,                -- letters and digits of the seal's number, small
  number TEXT NOT NULL,                -- the certificate's
  PRIMARY KEY (body, seal, number)
);

CREATE TABLE search_cursor (
  stage    TEXT PRIMARY KEY,
  position BIGINT NOT NULL             -- last entry seen; not part of a rebuild's comparison
);
