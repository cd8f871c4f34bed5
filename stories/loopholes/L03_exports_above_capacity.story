title   "L03 exports far above what the ground can give"
why     "It has happened that a participant exported about a hundred times what its ground was thought to give, with no imports to explain it (docs/loopholes.md, L03). The estimate is on file with its source; the year's departures are counted against it."
exposes L03

participants XA XB as usual                                              on 2026-01-05
capacity XA 5000.00ct/year source "invented survey" dated 2025-01-15

# within the estimate and its margin: silence
issue    XA-000001 from XA to XB 5500.00ct 1100000usd                    on 2026-01-20
depart   XA-000001
arrive   XA-000001 at XB 5500.00ct                                       on 2026-01-22
confirm  XA-000001 at XB
expect   no finding

attack   "36,000.00 ct more leave in one shipment, all papers in order"   on 2026-02-03
issue    XA-000002 from XA to XB 36000.00ct 12600000usd                  on 2026-02-03
depart   XA-000002
expect   finding exports_above_capacity XA 2026
expect   case open asked XA answer-due 2026-03-05 about exports_above_capacity
expect   no finding about XB
# a finding is a question: it stops nothing (house rule: feedback enters only at the top)
arrive   XA-000002 at XB 36000.00ct                                      on 2026-02-05
confirm  XA-000002 at XB
expect   state XA-000002 confirmed
