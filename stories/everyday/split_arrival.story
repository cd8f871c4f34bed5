title "A shipment arrives in two parts"
why   "A certificate covers one shipment and is not split. What comes later under the same number is recorded and asked about; it is counted once, and the importing authority reports what it saw."

participants XA XB as usual                                              on 2026-02-02
issue    XA-000001 from XA to XB 1000.00ct 200000usd parcels 2 seal 77120-A 77121-A   on 2026-02-03
depart   XA-000001
arrive   XA-000001 at XB 600.00ct parcels 1 seal 77120-A                 on 2026-02-05
expect   discrepancy CARAT_DIFF of XA-000001 at XB
expect   discrepancy PARCEL_COUNT of XA-000001 at XB
expect   discrepancy SEAL_MISMATCH of XA-000001 at XB
expect   refusal confirm XA-000001 at XB                                 seals_differ
arrive   XA-000001 at XB 400.00ct parcels 1 seal 77121-A                 on 2026-02-07
expect   discrepancy NUMBER_REUSED of XA-000001 at XB
expect   finding number_used_twice XA XA-000001
expect   refusal confirm XA-000001 at XB                                 number_presented_before
difference XA-000001 at XB "the airline carried the second box two days later; both seals whole"
expect   state XA-000001 confirmed_with_difference
expect   cell XB import XA 2026-Q1 7102.31 600.00ct shipments 1
