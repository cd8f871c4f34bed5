title "Goods are ordered back and come home"
why   "A container that was opened on the way may be sent back instead of seized (Canada, Act s.15), under a technical certificate where the issuer asks for it (India, 2020). Until the issuer has weighed it again, it is returning."

participants XA XB as usual                                              on 2026-02-02
issue    XA-000001 from XA to XB 500.00ct 90000usd                       on 2026-02-03
depart   XA-000001
arrive   XA-000001 at XB 500.00ct seals broken                           on 2026-02-05
expect   refusal order-return XA-000001 at XB because "order 4"          not_detained
detain   XA-000001 at XB because "opened on the way"
expect   refusal apply XB-A-1 from XB to XA 500.00ct 90000usd origin XA source "XA-000001 500.00"   source_is_held
apply    XB-A-1 from XB to XA 500.00ct 90000usd origin XA technical return XA-000001   on 2026-02-09
draft    XB-000001 for XB-A-1
issue    XB-000001
validate XB-000001 weighing 500.00ct seal 90001
expect   refusal order-return XA-000001 at XB because "order 4" under XA-000001   not_a_technical_certificate
order-return XA-000001 at XB because "order 4: papers good, container opened" under XB-000001
expect   state XA-000001 returning
expect   refusal seize XA-000001 at XB as XB-L-1 500.00ct because "order 5"   return_ordered
depart   XB-000001
arrive   XB-000001 at XA 500.00ct                                        on 2026-02-11
confirm  XB-000001 at XA
take-back XA-000001 from XB 500.00ct
expect   state XA-000001 returned
expect   held XA-000001 at XB returned
expect   refusal confirm XA-000001 at XB                                 certificate_ended
