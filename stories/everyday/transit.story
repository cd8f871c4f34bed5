title "A shipment passes through a third territory as it came"
why   "Transit is no import and needs no certificate of its own, as long as container, seals and certificate leave as they entered (docs/scheme.md, 1.3)."

participants XA XB XC as usual                                           on 2026-02-02
apply    XA-A-1 from XA to XB 300.00ct 60000usd through "transit through XC by air"   on 2026-02-03
draft    XA-000001 for XA-A-1
issue    XA-000001
validate XA-000001 weighing 300.00ct seal 77120-A 77120-B
depart   XA-000001
expect   refusal enter XA-000001 at XB container BOX-17 seal 77120-A     not_transit
enter    XA-000001 at XC container BOX-17 seal 77120-B 77120-A           on 2026-02-04
expect   state XA-000001 in_transit
expect   refusal confirm XA-000001 at XB                                 no_arrival
leave    XA-000001 at XC container BOX-17 seal 77120-A 77120-B stating 300.00ct 60000usd   on 2026-02-05
expect   state XA-000001 departed
expect   refusal leave XA-000001 at XC container BOX-17 seal 77120-A     no_transit_entry
arrive   XA-000001 at XB 300.00ct seal 77120-A 77120-B container BOX-17  on 2026-02-06
confirm  XA-000001 at XB
expect   state XA-000001 confirmed
expect   no cell XC import XA 2026-Q1 7102.31
expect   cell XB import XA 2026-Q1 7102.31 300.00ct
expect   no finding
