title  "Somebody with a database tool alters carats inside a signed statement"
why    "A careful person alters the statement and the hash beside it. The signature does not follow."

participants XA XB as usual                                              on 2026-02-02
issue    XA-000001 from XA to XB 36000.00ct 12600000usd                  on 2026-02-03
expect   verify clean

attack   "20,000.00 ct vanish from the signed issue, and the hash beside it is made to fit"
tamper   carats in entry 11 of kp.XA/2026 from 36000.00ct to 16000.00ct
expect   verify names kp.XA/2026 entry 11
