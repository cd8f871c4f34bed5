title   "L47 a gap between two sides' figures is not explained away"
why     "Totals of two participants never agree, and so every gap was called timing. Certificate by certificate each part has its own reason, and what has none has a list of numbers."
exposes L47

participants XA XB as usual                                              on 2026-01-05
issue    XA-000001 from XA to XB 8800.00ct 880000usd                     on 2026-02-03
issue    XA-000002 from XA to XB 900.00ct 90000usd
issue    XA-000003 from XA to XB 200.00ct 20000usd
issue    XA-000004 from XA to XB 100.00ct 10000usd
depart   XA-000001
depart   XA-000002
depart   XA-000003
depart   XA-000004
arrive   XA-000001 at XB 8800.00ct                                       on 2026-02-08
arrive   XA-000003 at XB 200.00ct measured "7102.21 200.00 20000.00"
arrive   XA-000002 at XB 900.00ct                                        on 2026-04-02

attack   "a hundred carats of twelve hundred never arrive, and the whole gap is called timing"
day      2026-05-05
expect   gap XA to XB 2026-Q1 of 7102.31 matched 0.00ct behind XA-000001
expect   gap XA to XB 2026-Q1 of 7102.31 timing 900.00ct behind XA-000002
expect   gap XA to XB 2026-Q1 of 7102.31 class 200.00ct behind XA-000003
expect   gap XA to XB 2026-Q1 of 7102.31 missing_at_destination 100.00ct behind XA-000004
expect   gap XA to XB 2026-Q2 timing 900.00ct behind XA-000002
