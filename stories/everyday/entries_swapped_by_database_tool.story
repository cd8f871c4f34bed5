title  "Somebody with a database tool lets two entries change places"
why    "Order is evidence: issued before validated, suspended before departed. An entry carries its own number, so one that was moved betrays itself."

participants XA XB as usual                                              on 2026-02-02
issue    XA-000001 from XA to XB 36000.00ct 12600000usd                  on 2026-02-03
expect   verify clean

attack   "the issue and the validation change places"
tamper   swap entries 11 12 of kp.XA/2026
expect   verify names kp.XA/2026 entry 11
expect   verify names kp.XA/2026 entry 12
