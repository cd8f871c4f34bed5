title "Goods of mixed origin keep their composition"
why   "A parcel from two countries is certified as mixed, with the carats of each kept. An origin of asterisks alone hides what must be kept, and two classes are two lines."

participants XA XB XC as usual                                           on 2026-03-02

expect refusal apply XC-A-1 from XC to XB 150.00ct 30000usd origin "**" field_not_read
apply    XC-A-1 from XC to XB 100.00ct 20000usd also "7102.10 50.00 400.00" origin "mixed XA:100.00 XC:50.00" parcels 2
draft    XC-000001 for XC-A-1
issue    XC-000001
validate XC-000001 weighing 150.00ct seal 88001
depart   XC-000001                                                       on 2026-03-03
arrive   XC-000001 at XB 150.00ct                                        on 2026-03-05
confirm  XC-000001 at XB
expect   state XC-000001 confirmed
expect   cell XC export XB 2026-Q1 7102.31 100.00ct value 20000usd
expect   cell XC export XB 2026-Q1 7102.10 50.00ct value 400usd
expect   cell XB import XC 2026-Q1 7102.10 50.00ct value 400usd shipments 1
expect   no finding
