title "A shipment weighs less on arrival than on its certificate"
why   "Weighings differ a little and that passes. A larger difference is not confirmed away: the importing authority reports it with what it found out, and the explanation stays with the certificate."

participants XA XB as usual                                              on 2026-02-02

issue    XA-000001 from XA to XB 36000.00ct 12600000usd                  on 2026-02-03
depart   XA-000001                                                       on 2026-02-03
arrive   XA-000001 at XB 35900.00ct                                      on 2026-02-05
expect   refusal confirm XA-000001 at XB                                 weight_differs
difference XA-000001 at XB "100.00 ct less: one bag was left behind and will follow under a new certificate"
expect   state   XA-000001 confirmed_with_difference
expect   refusal confirm XA-000001 at XB                                 number_already_used
expect   cell    XA export XB 2026-Q1 7102.31 36000.00ct
expect   cell    XB import XA 2026-Q1 7102.31 35900.00ct

# broken seals are a difference too, whatever the scales say
issue    XA-000002 from XA to XB 500.00ct 90000usd seal 77121-A 77121-B  on 2026-02-10
depart   XA-000002
arrive   XA-000002 at XB 500.00ct seals broken                           on 2026-02-12
expect   refusal confirm XA-000002 at XB                                 seals_broken
difference XA-000002 at XB "seal 77121-B was cut by the airline's security; its report is filed"
expect   state   XA-000002 confirmed_with_difference

# a tenth of a percent passes
issue    XA-000003 from XA to XB 36000.00ct 12600000usd                  on 2026-02-16
depart   XA-000003
arrive   XA-000003 at XB 35964.00ct                                      on 2026-02-18
confirm  XA-000003 at XB
expect   state   XA-000003 confirmed
day      2026-03-25
expect   no finding
