title "A desk whose clock was set back"
why   "Nobody can date an act before one that is in the log already. A clock that lags a little is forgiven."

participants XA XB as usual                                              on 2026-01-05

issue    XA-000001 from XA to XB 90.00ct 18000usd                        at 2026-02-03T10:00:00Z
depart   XA-000001                                                       at 2026-02-03T12:00:00Z
apply    XA-A-2 from XA to XB 10.00ct 1000usd                            at 2026-02-03T11:56:00Z
expect   refusal draft XA-000002 for XA-A-2 at 2026-02-03T11:54:00Z      clock_behind_log
expect   refusal apply XA-A-3 from XA to XB 10.00ct 1000usd on 2026-01-20   clock_behind_log
draft    XA-000002 for XA-A-2
expect   state XA-000002 drafted
expect   verify clean
