title "An exporter's licence runs out between application and issue"
why   "The licence is looked at when the application is taken, and again when the certificate is issued."

participants XA XB as usual                                              on 2026-01-05
exporter XA-EXP-2 of XA "Season Diamonds" from 2026-01-01 until 2026-01-31

expect   refusal apply XA-A-1 from XA to XB 10.00ct 1000usd licence XB-EXP-1   no_such_licence
apply    XA-A-1 from XA to XB 10.00ct 1000usd licence XA-EXP-2           on 2026-01-30
draft    XA-000001 for XA-A-1
expect   refusal issue XA-000001 on 2026-02-01                           licence_not_active
expect   refusal apply XA-A-2 from XA to XB 10.00ct 1000usd licence XA-EXP-2   licence_not_active
expect   state XA-000001 drafted

# a number once drafted is spent, whatever becomes of it
apply    XA-A-3 from XA to XB 10.00ct 1000usd
expect   refusal draft XA-000001 for XA-A-3                              number_already_used
