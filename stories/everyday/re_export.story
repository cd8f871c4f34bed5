title "What leaves again must have come in"
why   "A re-export is an export with a certificate of its own, tied to the imports it draws on. Carats drawn never exceed carats received; what is rejected or replaced draws nothing."

participants XA XB XC as usual                                           on 2026-02-02
issue    XA-000001 from XA to XB 1000.00ct 200000usd                     on 2026-02-03
depart   XA-000001
expect   refusal apply XB-A-1 from XB to XC 100.00ct 25000usd origin XA source "XA-000001 100.00"   source_not_an_import
arrive   XA-000001 at XB 999.50ct                                        on 2026-02-05
confirm  XA-000001 at XB
expect   left XA-000001 999.50ct

apply    XB-A-1 from XB to XC 600.00ct 150000usd origin XA source "XA-000001 600.00"   on 2026-02-10
expect   left XA-000001 399.50ct
expect   refusal apply XB-A-2 from XB to XC 400.00ct 90000usd origin XA source "XA-000001 400.00"   source_exhausted
expect   refusal apply XB-A-2 from XB to XC 300.00ct 90000usd origin XA source "XA-000001 399.50"   sources_exceed_lines
expect   refusal apply XB-A-2 from XB to XC 300.00ct 90000usd origin XA source "XA-000001 100.00" "xa 1 100.00"   source_twice
expect   refusal apply XC-A-1 from XC to XB 10.00ct 900usd origin XA source "XA-000001 10.00"   source_not_an_import
apply    XB-A-2 from XB to XC 399.50ct 90000usd origin XA source "XA-000001 399.50"
expect   left XA-000001 0.00ct
reject   XB-A-2 because "the invoice is of another parcel"
expect   left XA-000001 399.50ct

draft    XB-000001 for XB-A-1
issue    XB-000001
validate XB-000001 weighing 600.00ct seal 90001
depart   XB-000001
arrive   XB-000001 at XC 600.00ct                                        on 2026-02-12
confirm  XB-000001 at XC
expect   state XB-000001 confirmed
expect   cell XB export XC 2026-Q1 7102.31 600.00ct
expect   left XB-000001 600.00ct
