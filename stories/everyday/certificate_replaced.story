title "A certificate with a wrong importer is replaced before export"
why   "Before the goods leave, a wrong certificate is replaced against its paper; afterwards it is not (Canada, Act s.11). Both numbers stay on file, linked."

participants XA XB XC as usual                                           on 2026-02-02
issue    XA-000001 from XA to XB 200.00ct 40000usd                       on 2026-02-03
expect   refusal apply XA-A-2 from XA to XC 200.00ct 40000usd replaces XA-000009   nothing_to_replace
apply    XA-A-2 from XA to XC 200.00ct 40000usd replaces XA-000001
apply    XA-A-3 from XA to XC 200.00ct 40000usd
draft    XA-000002 for XA-A-2
expect   refusal issue XA-000002                                         replaced_certificate_still_stands
expect   refusal replace XA-000001 with XA-A-2 because "the buyer is in XC" paper missing   old_paper_not_handed_in
expect   refusal replace XA-000001 with XA-A-3 because "the buyer is in XC"         application_does_not_replace
replace  XA-000001 with XA-A-2 because "the buyer is in XC"
expect   state XA-000001 replaced
expect   refusal depart XA-000001                                        certificate_not_validated
expect   refusal draft XA-000001 for XA-A-3                              number_already_used
issue    XA-000002
validate XA-000002 weighing 200.00ct seal 77121-A
depart   XA-000002                                                       on 2026-02-04
expect   state XA-000002 departed
apply    XA-A-4 from XA to XC 1.00ct 100usd
expect   refusal replace XA-000002 with XA-A-4 because "too late"        certificate_left_already
expect   cell XA export XC 2026-Q1 7102.31 200.00ct
expect   no cell XA export XB 2026-Q1 7102.31
