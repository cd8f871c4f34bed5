title "The turn of the year"
why   "Each participant has a log for each year; the new one names where the old one ended. Numbers go on, quarters and capacities begin anew, and goods that left in December arrive in January."

participants XA XB as usual                                              on 2025-12-01
capacity XA 1000.00ct/year source "invented survey" dated 2024-06-01 from-year 2025

issue    XA-000001 from XA to XB 900.00ct 180000usd                      on 2025-12-29
depart   XA-000001                                                       on 2025-12-31
arrive   XA-000001 at XB 900.00ct                                        on 2026-01-02
confirm  XA-000001 at XB
issue    XA-000002 from XA to XB 900.00ct 180000usd                      on 2026-01-05
depart   XA-000002
arrive   XA-000002 at XB 900.00ct                                        on 2026-01-06
confirm  XA-000002 at XB
expect   cell XA export XB 2025-Q4 7102.31 900.00ct shipments 1
expect   cell XB import XA 2026-Q1 7102.31 1800.00ct shipments 2
expect   no finding

# with the margin of a tenth, the third shipment of the new year is above what the ground gives
issue    XA-000003 from XA to XB 201.00ct 40200usd                       on 2026-01-08
depart   XA-000003
expect   finding exports_above_capacity XA 2026
expect   case open asked XA number C-2026-0001
expect   verify clean
expect   rebuild clean
