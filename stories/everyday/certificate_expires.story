title "A certificate expires before the goods leave"
why   "A certificate does not wait for ever: sixty days where nothing else is written. Expired paper must not travel; a new certificate is issued."

participants XA XB as usual                                              on 2026-01-05

issue    XA-000001 from XA to XB 250.00ct 50000usd                       on 2026-01-06
expect   refusal depart XA-000001 on 2026-03-08                          certificate_expired
expect   state XA-000001 validated

# the last day is still good
issue    XA-000002 from XA to XB 250.00ct 50000usd                       on 2026-03-09
depart   XA-000002                                                       on 2026-05-08
expect   state XA-000002 departed

# a day may be named; sealing after it is refused as well
apply    XA-A-3 from XA to XB 80.00ct 9000usd                            on 2026-05-11
draft    XA-000003 for XA-A-3
issue    XA-000003 expires 2026-05-12
expect   refusal validate XA-000003 weighing 80.00ct seal 5-A on 2026-05-13   certificate_expired
expect   state XA-000003 issued
