title  "Somebody careful cuts the end of the log off and puts the old checkpoint back"
why    "Inside the database everything fits then: the signatures, the tree, the checkpoint that was good at the time. Only what is kept outside the database shows it. Somebody who also holds that copy is caught by an outside witness alone."

participants XA XB as usual                                              on 2026-02-02
issue    XA-000001 from XA to XB 36000.00ct 12600000usd                  on 2026-02-03
depart   XA-000001
expect   verify clean

attack   "the departure is cut off, as if the goods had never left"
tamper   cut kp.XA/2026 after entry 12
expect   verify names kp.XA/2026 entry 13
