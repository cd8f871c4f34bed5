title "Paper is lost before the goods leave, and stolen after"
why   "No rule of the scheme was found for lost paper. Here the issuer's report ends a number whose goods have not left; once they have, the goods are still to be answered for, and the report stands beside the number for whoever is shown the paper."

participants XA XB as usual                                              on 2026-02-02
issue    XA-000001 from XA to XB 200.00ct 40000usd                       on 2026-02-03
expect   refusal report XA-000001 spoiled at XB "it came wet"            spoiled_elsewhere
report   XA-000001 lost at XB "somebody says so"
expect   state XA-000001 validated
report   XA-000001 lost at XA "left in a car; police report 17"          on 2026-02-04
expect   state XA-000001 lost
expect   refusal depart XA-000001                                        certificate_not_validated
expect   reported lost of XA-000001

issue    XA-000002 from XA to XB 200.00ct 40000usd                       on 2026-02-05
depart   XA-000002
expect   refusal report XA-000002 spoiled at XA "coffee"                 certificate_left_already
report   XA-000002 stolen at XB "taken from the courier at the airport"  on 2026-02-06
expect   state XA-000002 departed
arrive   XA-000002 at XB 200.00ct                                        on 2026-02-07
expect   discrepancy FORGERY_SUSPECT of XA-000002 at XB
expect   refusal confirm XA-000002 at XB                                 paper_reported
difference XA-000002 at XB "the goods came without their paper; the issuer sent the statement"
expect   state XA-000002 confirmed_with_difference

issue    XA-000003 from XA to XB 10.00ct 2000usd                         on 2026-02-08
report   XA-000003 spoiled at XA "the printer jammed"
expect   state XA-000003 spoiled
