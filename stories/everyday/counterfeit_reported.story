title "A counterfeit is reported and the genuine shipment goes on"
why   "A report about a paper never changes a genuine certificate of the same number: otherwise a forger could end it. Goods that nobody's certificate covers are not released."

participants XA XB XC as usual                                           on 2026-02-02
issue    XA-000001 from XA to XB 500.00ct 90000usd                       on 2026-02-03
depart   XA-000001
arrive   XA-000001 at XB 500.00ct                                        on 2026-02-05
confirm  XA-000001 at XB
arrive   XA-000001 at XC 40.00ct                                         on 2026-02-06
expect   discrepancy NUMBER_REUSED of XA-000001 at XC
expect   discrepancy DEST_MISMATCH of XA-000001 at XC
counterfeit XA-000001 at XC "no watermark, the seal is printed"
expect   reported counterfeit of XA-000001
detain   XA-000001 at XC because "the paper is false"
expect   held XA-000001 at XC detained
expect   refusal release XA-000001 at XC because "the importer is honest"   goods_not_covered
seize    XA-000001 at XC as XC-L-1 40.00ct because "order 7"
expect   state XA-000001 confirmed
expect   finding number_used_twice XA XA-000001

# a number that nobody issued can be counterfeit too
counterfeit XA-009999 at XC "shown at the counter, taken away again"
expect   reported counterfeit of XA-009999
expect   refusal report XA-009999 stolen at XC "shown and taken away"    no_such_certificate
