title   "L38 a corridor: undervalued out of one participant, revalued in the next"
why     "Goods have left one participant for one firm abroad at a fraction of their price, and left the next as gems of several times that value (docs/loopholes.md, L15, L17 and L38; the shape of 2007 to 2009, played with invented names). Neither register shows it alone; joined, the two do."
exposes L15 L38

participants XA XB XC as usual                                           on 2026-01-05
exporter XB-EXP-9 of XB "Harbour Gems" from 2026-01-05 until 2026-12-31   on 2026-01-05

# XA's usual goods go to XC at about 200 dollars a carat; XB's other firm sends its own on at about as much
issue    XA-000001 from XA to XC 310.00ct 58900usd seal A-001       on 2026-01-07
depart   XA-000001
issue    XB-000001 from XB to XC 397.00ct 82576usd seal B-001       on 2026-01-07
depart   XB-000001
issue    XA-000002 from XA to XC 420.00ct 86100usd seal A-002       on 2026-01-09
depart   XA-000002
issue    XB-000002 from XB to XC 302.00ct 58890usd seal B-002       on 2026-01-09
depart   XB-000002
issue    XA-000003 from XA to XC 280.00ct 55440usd seal A-003       on 2026-01-11
depart   XA-000003
issue    XB-000003 from XB to XC 447.00ct 89847usd seal B-003       on 2026-01-11
depart   XB-000003
issue    XA-000004 from XA to XC 515.00ct 109180usd seal A-004       on 2026-01-13
depart   XA-000004
issue    XB-000004 from XB to XC 372.00ct 69564usd seal B-004       on 2026-01-13
depart   XB-000004
issue    XA-000005 from XA to XC 365.00ct 68255usd seal A-005       on 2026-01-15
depart   XA-000005
issue    XB-000005 from XB to XC 522.00ct 110664usd seal B-005       on 2026-01-15
depart   XB-000005
issue    XA-000006 from XA to XC 440.00ct 88440usd seal A-006       on 2026-01-17
depart   XA-000006
issue    XB-000006 from XB to XC 287.00ct 56826usd seal B-006       on 2026-01-17
depart   XB-000006
issue    XA-000007 from XA to XC 295.00ct 57525usd seal A-007       on 2026-01-19
depart   XA-000007
issue    XB-000007 from XB to XC 427.00ct 87535usd seal B-007       on 2026-01-19
depart   XB-000007
issue    XA-000008 from XA to XC 390.00ct 81120usd seal A-008       on 2026-01-21
depart   XA-000008
issue    XB-000008 from XB to XC 317.00ct 60230usd seal B-008       on 2026-01-21
depart   XB-000008
expect   no stream revalued_in_corridor

attack   "XA's goods go to Harbour Gems as industrial stones at a tenth, and Harbour Gems sends gems on"   on 2026-01-23
issue    XA-000009 from XA to XB 341.00ct 6479usd class 7102.21 seal A-009       on 2026-01-23
depart   XA-000009
issue    XB-000009 from XB to XC 285.00ct 278160usd licence XB-EXP-9 seal B-009       on 2026-01-23
depart   XB-000009
issue    XA-000010 from XA to XB 451.00ct 9922usd class 7102.21 seal A-010       on 2026-01-25
depart   XA-000010
issue    XB-000010 from XB to XC 395.00ct 413960usd licence XB-EXP-9 seal B-010       on 2026-01-25
depart   XB-000010
issue    XA-000011 from XA to XB 311.00ct 5598usd class 7102.21 seal A-011       on 2026-01-27
depart   XA-000011
issue    XB-000011 from XB to XC 255.00ct 240720usd licence XB-EXP-9 seal B-011       on 2026-01-27
depart   XB-000011
issue    XA-000012 from XA to XB 546.00ct 11466usd class 7102.21 seal A-012       on 2026-01-29
depart   XA-000012
issue    XB-000012 from XB to XC 490.00ct 501760usd licence XB-EXP-9 seal B-012       on 2026-01-29
depart   XB-000012
issue    XA-000013 from XA to XB 396.00ct 7920usd class 7102.21 seal A-013       on 2026-01-31
depart   XA-000013
issue    XB-000013 from XB to XC 340.00ct 337280usd licence XB-EXP-9 seal B-013       on 2026-01-31
depart   XB-000013
issue    XA-000014 from XA to XB 471.00ct 10833usd class 7102.21 seal A-014       on 2026-02-02
depart   XA-000014
issue    XB-000014 from XB to XC 415.00ct 398400usd licence XB-EXP-9 seal B-014       on 2026-02-02
depart   XB-000014
issue    XA-000015 from XA to XB 326.00ct 6194usd class 7102.21 seal A-015       on 2026-02-04
depart   XA-000015
issue    XB-000015 from XB to XC 270.00ct 288576usd licence XB-EXP-9 seal B-015       on 2026-02-04
depart   XB-000015
issue    XA-000016 from XA to XB 421.00ct 8841usd class 7102.21 seal A-016       on 2026-02-06
depart   XA-000016
issue    XB-000016 from XB to XC 365.00ct 369672usd licence XB-EXP-9 seal B-016       on 2026-02-06
depart   XB-000016
expect   stream revalued_in_corridor XA to XB
