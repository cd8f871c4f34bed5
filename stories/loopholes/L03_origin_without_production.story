title   "L03 stones said to come from ground that gives none"
why     "In 2004 a participant exported as its own what it never declared to have mined (docs/loopholes.md, L03). What leaves as of an origin is set beside the returns of that origin, and whoever first says so is asked."
exposes L03

participants XA XB XC XD as usual                                        on 2026-02-01
return   XA 2025-H2 5000.00ct 900000usd
return   XB 2025-H1 nil
return   XB 2025-H2 nil

# ground that gives, and stones that came from there and leave again
issue    XA-000001 from XA to XB 100.00ct 20000usd                       on 2026-02-03
depart   XA-000001
arrive   XA-000001 at XB 100.00ct                                        on 2026-02-05
confirm  XA-000001 at XB
issue    XB-000001 from XB to XC 60.00ct 13000usd origin XA              on 2026-02-10
depart   XB-000001
arrive   XB-000001 at XC 60.00ct
confirm  XB-000001 at XC
expect   no finding

attack   "XB, which declares that it mines nothing, exports stones as its own"   on 2026-02-12
issue    XB-000002 from XB to XC 800.00ct 160000usd
depart   XB-000002
expect   finding origin_without_production XB 2026
expect   case open asked XB about origin_without_production
arrive   XB-000002 at XC 800.00ct
confirm  XB-000002 at XC

# passed on, the same stones are no new question; the same claim a third way is
issue    XC-000001 from XC to XA 300.00ct 70000usd origin XB             on 2026-02-20
depart   XC-000001
expect   no finding about XC
arrive   XC-000001 at XA 300.00ct
confirm  XC-000001 at XA
issue    XC-000002 from XC to XA 5.00ct 900usd origin "mixed XB:2.00 XD:3.00"
depart   XC-000002
expect   finding origin_without_production XC 2026
expect   no finding about XD

# no return at all is a question too, where returns are kept
issue    XD-000001 from XD to XA 10.00ct 900usd
depart   XD-000001
expect   finding origin_without_production XD 2026
