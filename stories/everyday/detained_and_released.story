title "A shipment is detained, and released when it is remedied"
why   "A condition that is not met holds the goods; the issuer is told within a month. An innocent failure is cured and the goods are released, and what was wrong stays with the certificate. A seizure is lifted by decision; the goods are then detained again."

participants XA XB as usual                                              on 2026-02-02
issue    XA-000001 from XA to XB 500.00ct 90000usd seal 77120-A          on 2026-02-03
depart   XA-000001
expect   refusal detain XA-000001 at XB because "we heard of it"         no_arrival
arrive   XA-000001 at XB 500.00ct seal 77120-B importer "Other Gems"     on 2026-02-05
expect   discrepancy SEAL_MISMATCH of XA-000001 at XB
expect   discrepancy PARTY_MISMATCH of XA-000001 at XB
detain   XA-000001 at XB because "another seal, and another importer"
expect   state XA-000001 detained
expect   held XA-000001 at XB detained
expect   refusal confirm XA-000001 at XB                                 shipment_detained
expect   refusal difference XA-000001 at XB "another seal"               shipment_detained
expect   refusal invalidate XA-000001 because "we are not sure"          shipment_detained
# an answer was given: nothing ages
day      2026-03-25
expect   no finding
release  XA-000001 at XB because "the issuer sent its seal book: 77120-B was used; Other Gems is the broker"
expect   state XA-000001 confirmed_with_difference
expect   held XA-000001 at XB released

issue    XA-000002 from XA to XB 40.00ct 9000usd                         on 2026-04-01
depart   XA-000002
arrive   XA-000002 at XB 40.00ct seals broken                            on 2026-04-03
detain   XA-000002 at XB because "broken seals"
seize    XA-000002 at XB as XB-L-1 40.00ct because "order 5"
expect   refusal release XA-000002 at XB because "no matter"             shipment_seized
lift     XA-000002 at XB because "court of Port Sample, no. 88"          on 2026-05-10
expect   state XA-000002 detained
release  XA-000002 at XB because "the airline's security had cut the seal"
expect   state XA-000002 confirmed_with_difference
expect   lot XB-L-1 released 40.00ct
