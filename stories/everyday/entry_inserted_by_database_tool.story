title  "Somebody with a database tool inserts an entry"
why    "A copy of a genuine, well signed statement is put at the end of the log, as if the act had been done twice."

participants XA XB as usual                                              on 2026-02-02
issue    XA-000001 from XA to XB 36000.00ct 12600000usd                  on 2026-02-03
expect   verify clean

attack   "a second copy of the issue is put at the end of the log"
tamper   insert copy of entry 11 of kp.XA/2026
expect   verify names kp.XA/2026 entry 13
