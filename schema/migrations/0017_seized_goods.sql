-- Goods that were seized and carried no certificate: filled by kp-trade from statements, rebuilt from the log to the same
-- bytes. What came under a number stands in trade_holding; a lot's reference is unique over both.

CREATE TABLE trade_seized_lot (
  lot           TEXT PRIMARY KEY,    -- XB-L-7
  at_code       TEXT NOT NULL,       -- who seized
  state         TEXT NOT NULL,       -- seized, released, forfeited, sold, destroyed
  carats        BIGINT NOT NULL,     -- hundredths, weighed when it was seized
  found         TEXT NOT NULL,       -- where: border post, flight, building
  circumstances TEXT NOT NULL,       -- how it was found, what its holder said
  legal_basis   TEXT NOT NULL,       -- the order or law
  seized_by     TEXT NOT NULL,
  witness       TEXT NOT NULL,       -- the second officer at the scales
  seized_on     TEXT NOT NULL,
  decided_by    TEXT,                -- of the decision that released or forfeited it
  decision      TEXT,                -- its words; once disposed of, how it is sure that it does not come back
  ended_on      TEXT                 -- released, sold or destroyed on
);

CREATE TABLE trade_seized_lot_line (
  lot    TEXT NOT NULL,
  hs     TEXT NOT NULL,              -- customs class
  carats BIGINT NOT NULL,            -- hundredths
  PRIMARY KEY (lot, hs)
);
