title  "L22 an old number is presented again"
why    "It has happened that a parcel came with a number from last year's range (docs/loopholes.md, L22). A number is drafted once and confirmed once; a second presentation is kept as evidence and asked about."
closes L22

participants XA XB XC as usual                                           on 2025-12-01
officer  xa-custodian of XA as custodian
officer  xa-custodian-2 of XA as custodian
document key first of XA from 2025-12-01 until 2026-11-30
witness  key first of XA
open     key first
issue    XA-004306 from XA to XB 800.00ct 160000usd                      on 2025-12-10
depart   XA-004306
arrive   XA-004306 at XB 800.00ct                                        on 2025-12-12
confirm  XA-004306 at XB

attack   "in the new year, another parcel comes under the number that was confirmed"   on 2026-01-05
arrive   XA-004306 at XC 650.00ct                                        on 2026-01-05
expect   refusal confirm XA-004306 at XC                                 number_already_used
expect   finding number_used_twice XA XA-004306
expect   case open asked XA answer-due 2026-02-04 about number_used_twice
expect   cell XB import XA 2025-Q4 7102.31 800.00ct shipments 1
expect   no cell XC import XA 2026-Q1 7102.31
expect   state XA-004306 confirmed

# nor can the issuer give the number out again
apply    XA-A-2 from XA to XB 10.00ct 1000usd                            on 2026-01-06
expect   refusal draft XA-004306 for XA-A-2                              number_already_used
expect   refusal issue XA-004306                                         number_already_used

# a number that nobody issued is evidence too, and is not confirmed
arrive   XA-009999 at XC 12.00ct                                         on 2026-01-07
expect   refusal confirm XA-009999 at XC                                 number_never_issued
expect   finding presented_without_departure XA XA-009999

# what came the second time is held as goods; the certificate that was confirmed does not move, and nothing is released
detain   XA-004306 at XC because "a number of last year's range"         on 2026-01-08
expect   held XA-004306 at XC detained
expect   discrepancy NUMBER_REUSED of XA-004306 at XC
expect   refusal release XA-004306 at XC because "the importer insists"  goods_not_covered
expect   state XA-004306 confirmed

# a desk without a network says it by the lists of the week: used; and never issued, whoever signed it
publish  lists
scan     XA-004306
expect   verdict used of XA-004306
type     XA-004306 with-code-of XA-004306
expect   verdict used of XA-004306
type     XA-009998 with-code-of XA-004306 issued-on 2025-12-10
expect   verdict never-issued of XA-009998
forge    XA-009998 by-key first after XA-004306
expect   verdict never-issued of XA-009998

# the range of the new year goes on after the old one; a number in between that was never issued is not made good
expect   refusal report XA-009999 lost at XA "we must have lost it"      no_such_certificate
