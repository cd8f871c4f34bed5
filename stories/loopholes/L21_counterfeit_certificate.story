title   "L21 a counterfeit certificate"
why     "Paper can be forged; a register cannot be (docs/loopholes.md, L21). The arrival is evidence and is kept, it is confirmed by nobody, and the issuer named on the paper is asked the same day."
exposes L21

participants XA XB XC as usual                                           on 2026-01-05

# one that left is presented without a question
issue    XA-000001 from XA to XB 800.00ct 160000usd                      on 2026-01-12
depart   XA-000001
arrive   XA-000001 at XB 800.00ct                                        on 2026-01-14
confirm  XA-000001 at XB
expect   no finding

attack   "a parcel comes to XB with good paper and seals, under a number that XA never gave out"   on 2026-02-03
arrive   XA-000777 at XB 650.00ct                                        on 2026-02-03
expect   finding presented_without_departure XA XA-000777
expect   case open asked XA answer-due 2026-03-05 about presented_without_departure
expect   refusal confirm XA-000777 at XB                                 number_never_issued
expect   refusal difference XA-000777 at XB "nobody knows it"            number_never_issued
expect   cell XB import XA 2026-Q1 7102.31 800.00ct shipments 1

# sent on to another desk, it is a number used twice as well
arrive   XA-000777 at XC 650.00ct                                        on 2026-02-10
expect   finding number_used_twice XA XA-000777
expect   refusal confirm XA-000777 at XC                                 number_presented_before

# a certificate that is drafted but has not left is no better
apply    XA-A-2 from XA to XB 10.00ct 1000usd                            on 2026-02-11
draft    XA-000002 for XA-A-2
arrive   XA-000002 at XB 10.00ct
expect   finding presented_without_departure XA XA-000002
expect   refusal confirm XA-000002 at XB                                 certificate_not_departed

# where the number names nobody who could be asked, whoever holds the goods is
arrive   XZ-000005 at XC 12.00ct                                         on 2026-02-12
expect   finding presented_without_departure XC XZ-000005
expect   no finding about XB
