title  "L36 mixed origin washes origin away"
why    "In a trading place the word mixed has hidden what a parcel is made of (docs/loopholes.md, L36). The composition stays, and nothing from a country or zone under a measure is mixed with anything: one percent, and the whole mixture is refused, naming the lot."
closes L36

participants XA XB XC as usual                                           on 2026-01-05
issue    XA-000001 from XA to XB 990.00ct 90000usd
depart   XA-000001
arrive   XA-000001 at XB 990.00ct                                        on 2026-01-12
confirm  XA-000001 at XB
issue    XC-000001 from XC to XB 10.00ct 3000usd                         on 2026-01-13
depart   XC-000001
arrive   XC-000001 at XB 10.00ct                                         on 2026-01-15
confirm  XC-000001 at XB
parcel   XB-P-1 held-by XB-EXP-1 from "import XA-000001 origin XA imported 2026-01-12 carats 990.00"
parcel   XB-P-2 held-by XB-EXP-1 from "import XC-000001 origin XC imported 2026-01-15 carats 10.00"
standing XC suspended from 2026-02-01 decision "Administrative decision 2026/1"   on 2026-02-01

attack   "one percent from a country under suspension is to vanish in a mixture"
expect   refusal mix XB-P-1 XB-P-2 into XB-P-3                           share_under_measure
# what came in before the measure and is kept apart may go on under its own name
apply    XB-A-1 from XB to XA 10.00ct 3500usd of-parcels XB-P-2 origin XC source "XC-000001 10.00"
# and what is clean is mixed with what is clean
split    XB-P-1 into "XB-P-4 7102.31 500.00" "XB-P-5 7102.31 490.00"
mix      XB-P-4 XB-P-5 into XB-P-6
expect   origin of XB-P-6 XA
expect   share XB-P-1/1 in XB-P-6 990.00ct
