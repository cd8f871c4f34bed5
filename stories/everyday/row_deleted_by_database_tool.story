title  "Somebody with a database tool deletes an entry of the log"
why    "The exporting authority's register is on its own machine; whoever runs the machine can open the database. The guards against deleting are only triggers. What cannot be taken away is that the other entries, signed and counted, no longer fit."

participants XA XB as usual                                              on 2026-02-02
issue    XA-000001 from XA to XB 36000.00ct 12600000usd                  on 2026-02-03
depart   XA-000001
expect   verify clean
expect   rebuild clean

attack   "the entry of the issue is deleted, with its statement"
tamper   delete entry 11 of kp.XA/2026
expect   verify names kp.XA/2026 entry 11
