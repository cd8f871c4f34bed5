title   "L17 gems leave as industrial stones"
why     "Gems have been exported as industrial stones, at a fraction of their value (docs/loopholes.md, L17). The importing authority measures class by class with its own valuation; another class than the certificate states cannot be confirmed, and is asked about."
exposes L17

participants XA XB as usual                                              on 2026-02-02
issue    XA-000001 from XA to XB 4000.00ct 60000usd class 7102.21 seal 77120-A   on 2026-02-03
depart   XA-000001

attack   "most of what the certificate calls industrial are gems"        on 2026-02-05
arrive   XA-000001 at XB 4000.00ct measured "7102.31 3800.00 2660000.00" "7102.21 200.00 4000.00" seal 77120-A
expect   discrepancy HS_DIFF of XA-000001 at XB
expect   discrepancy VALUE_DIFF of XA-000001 at XB
expect   refusal confirm XA-000001 at XB                                 class_differs
expect   finding class_changed_on_arrival XA XA-000001
expect   case open asked XA answer-due 2026-03-07 about class_changed_on_arrival
difference XA-000001 at XB "3,800 ct are of gem quality"
expect   state XA-000001 confirmed_with_difference
expect   cell XA export XB 2026-Q1 7102.21 4000.00ct value 60000usd
expect   cell XB import XA 2026-Q1 7102.31 3800.00ct value 2660000usd
expect   cell XB import XA 2026-Q1 7102.21 200.00ct

# a difference within tolerance is none, and the importer's own value stops nothing
issue    XA-000002 from XA to XB 1000.00ct 200000usd                     on 2026-02-10
depart   XA-000002
expect   refusal arrive XA-000002 at XB 1000.00ct measured "7102.31 999.00 250000.00"   lines_differ_from_weight
arrive   XA-000002 at XB 999.50ct measured "7102.31 999.50 250000.00"
expect   discrepancy VALUE_DIFF of XA-000002 at XB
confirm  XA-000002 at XB
expect   state XA-000002 confirmed
