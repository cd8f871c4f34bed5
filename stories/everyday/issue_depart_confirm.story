title "A shipment is issued, leaves, arrives and is confirmed"
why   "The everyday life of a certificate: four people at the exporting authority, one at the importing one, seven statements, each signed by the person who acted."

participants XA XB as usual                                              on 2026-02-02

apply    XA-A-17   from XA to XB   1200.00ct   420000usd                 on 2026-02-03
draft    XA-000001 for XA-A-17
expect   state     XA-000001 drafted
issue    XA-000001
expect   state     XA-000001 issued
validate XA-000001 weighing 1200.00ct seal 77120-A
depart   XA-000001                                                       on 2026-02-04
expect   state     XA-000001 departed
arrive   XA-000001 at XB 1199.80ct                                       on 2026-02-06
confirm  XA-000001 at XB
expect   state     XA-000001 confirmed

expect   statements 6 about XA-000001
expect   cell      XA export XB 2026-Q1 7102.31 1200.00ct value 420000usd shipments 1
expect   cell      XB import XA 2026-Q1 7102.31 1199.80ct
expect   certificates 1 validated by XA in 2026-Q1
expect   certificates 1 received by XB in 2026-Q1
expect   no finding
expect   no case
day      2026-03-25
expect   no finding
expect   verify clean
expect   rebuild clean
