title   "L27 an exporting authority answers itself for goods that never arrived"
why     "Confirmations come as letters and lists too, and are typed in by those who wait for them. What anybody can type is no answer where the importing authority can sign."
closes  L27

participants XA XB as usual                                              on 2026-01-05
issue    XA-000001 from XA to XB 900.00ct 180000usd                      on 2026-02-03
depart   XA-000001                                                       on 2026-02-06

attack   "the shipment is sold elsewhere, and a clerk of XA types a confirmation in the name of XB"
expect   refusal slip XA-000001 from XB 900.00ct sent-by "a letter that nobody sent"   importer_signs_itself
attack   "in their own name, then"
expect   refusal slip XA-000001 from XA 900.00ct sent-by "our own desk"   exporter_answers_itself
expect   state XA-000001 departed
day      2026-02-21
expect   finding unconfirmed_after_due XB XA-000001
