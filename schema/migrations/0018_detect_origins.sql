-- What the detectors remember of origins: production as declared, and where goods of each origin went. Derived.

CREATE TABLE detect_production (
  code   TEXT NOT NULL,                -- whose ground
  half   TEXT NOT NULL,                -- 2025-H2
  carats BIGINT NOT NULL,              -- hundredths, all kinds of mining, as declared last; 0 where nil
  PRIMARY KEY (code, half)
);

CREATE TABLE detect_origin_left (
  code     TEXT NOT NULL,              -- who exported
  origin   TEXT NOT NULL,              -- where the stones were mined, as the certificates say
  cal_year BIGINT NOT NULL,            -- by departure
  carats   BIGINT NOT NULL,            -- hundredths
  PRIMARY KEY (code, origin, cal_year)
);

CREATE TABLE detect_origin_sent (
  destination TEXT NOT NULL,           -- to whom goods of this origin were sent
  origin      TEXT NOT NULL,
  PRIMARY KEY (destination, origin)
);
