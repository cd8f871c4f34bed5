title  "Somebody with a database tool alters rows of the tables"
why    "The tables are only a view of the log. A changed, added or deleted row is named by working every table out again."

participants XA XB as usual                                              on 2026-02-02
issue    XA-000001 from XA to XB 36000.00ct 12600000usd                  on 2026-02-03
depart   XA-000001
arrive   XA-000001 at XB 36000.00ct                                      on 2026-02-05
confirm  XA-000001 at XB
expect   rebuild clean

attack   "the carats of a shipment are halved in the table"
tamper   alter trade_application where application is XA-A-S1 set carats to 1800000
expect   rebuild names trade_application "application XA-A-S1"
tamper   delete row of trade_confirmation where number is XA-000001
expect   rebuild names trade_confirmation "number XA-000001"
tamper   alter registry_officer where officer_id is xa-clerk set roles to "approver clerk"
expect   rebuild names registry_officer "officer_id xa-clerk"
expect   verify clean
