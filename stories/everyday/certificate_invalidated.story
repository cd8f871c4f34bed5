title "The issuer declares a certificate void while the goods are under way"
why   "What an issuer finds to be false it invalidates, with its reason. Goods that then arrive are covered by nothing: they are not confirmed, and they are held."

participants XA XB as usual                                              on 2026-02-02
issue    XA-000001 from XA to XB 500.00ct 90000usd                       on 2026-02-03
depart   XA-000001
expect   refusal invalidate XA-000001 because "false" by xa-clerk        role_missing
invalidate XA-000001 because "the mine named in the declaration has been closed since 2019"   on 2026-02-04
expect   state XA-000001 invalidated
arrive   XA-000001 at XB 500.00ct                                        on 2026-02-05
expect   discrepancy NUMBER_REUSED of XA-000001 at XB
expect   refusal confirm XA-000001 at XB                                 certificate_ended
expect   refusal difference XA-000001 at XB "void"                       certificate_ended
detain   XA-000001 at XB because "the certificate is void"
expect   refusal release XA-000001 at XB because "the weight is right"   goods_not_covered
expect   held XA-000001 at XB detained
expect   state XA-000001 invalidated
