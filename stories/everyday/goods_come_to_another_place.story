title "A shipment is presented where it was not meant for"
why   "An arrival is never refused, because it is evidence. Confirming is: the certificate names its destination. Reporting the difference is the honest way out."

participants XA XB XC as usual                                           on 2026-01-05

issue    XA-000001 from XA to XB 90.00ct 18000usd                        on 2026-01-12
depart   XA-000001
arrive   XA-000001 at XC 90.00ct                                         on 2026-01-14
expect   refusal confirm XA-000001 at XC                                 destination_differs
expect   refusal confirm XA-000001 at XB                                 no_arrival
difference XA-000001 at XC "unloaded here by mistake; the carrier takes it on to XB under a new certificate"
expect   state XA-000001 confirmed_with_difference
expect   cell XC import XA 2026-Q1 7102.31 90.00ct

# something arrives under a number that never left
arrive   XA-000777 at XC 5.00ct                                          on 2026-01-15
expect   refusal confirm XA-000777 at XC                                 number_never_issued
expect   refusal difference XA-000777 at XC "nobody knows it"            number_never_issued
expect   finding presented_without_departure XA XA-000777

# two presentations of one shipment, none confirmed yet: hold and ask
issue    XA-000002 from XA to XB 70.00ct 14000usd                        on 2026-01-19
depart   XA-000002
arrive   XA-000002 at XC 30.00ct                                         on 2026-01-21
arrive   XA-000002 at XB 70.00ct                                         on 2026-01-22
expect   refusal confirm XA-000002 at XB                                 number_presented_before
expect   finding number_used_twice XA XA-000002
