title  "L33 goods in transit leave with a new value"
why    "Stones have passed through free zones where they never entered on paper, and left with other papers (docs/loopholes.md, L33). What passes leaves as it came; whoever opens, weighs or values anew has imported."
closes L33

participants XA XB XC XD as usual                                        on 2026-02-02
apply    XA-A-1 from XA to XB 300.00ct 30000usd through "transit through XC"   on 2026-02-03
draft    XA-000001 for XA-A-1
issue    XA-000001
validate XA-000001 weighing 300.00ct seal 77120-A
depart   XA-000001
enter    XA-000001 at XC container BOX-17 seal 77120-A                   on 2026-02-04

attack   "in the free zone the parcel gets a new value and goes on"      on 2026-02-06
expect   refusal leave XA-000001 at XC container BOX-17 seal 77120-A stating 300.00ct 90000usd   transit_changed
expect   refusal leave XA-000001 at XC container BOX-17 seal 77120-A stating 310.00ct 30000usd   transit_changed
expect   refusal leave XA-000001 at XC container BOX-17 seal 55555-A     transit_changed
expect   refusal leave XA-000001 at XC container BOX-18 seal 77120-A     transit_changed
expect   refusal leave XA-000001 at XD container BOX-17 seal 77120-A     no_transit_entry
expect   refusal apply XC-A-1 from XC to XB 300.00ct 90000usd origin XA source "XA-000001 300.00"   source_not_an_import
expect   state XA-000001 in_transit

# the lawful way is an import and a re-export, where both values are on file
arrive   XA-000001 at XC 300.00ct measured "7102.31 300.00 90000.00"     on 2026-02-07
difference XA-000001 at XC "was to pass through; opened, valued anew and imported here"
expect   state XA-000001 confirmed_with_difference
apply    XC-A-1 from XC to XB 300.00ct 90000usd origin XA source "XA-000001 300.00"
expect   left XA-000001 0.00ct
expect   cell XC import XA 2026-Q1 7102.31 300.00ct value 90000usd
expect   cell XA export XB 2026-Q1 7102.31 300.00ct value 30000usd
expect   no cell XB import XA 2026-Q1 7102.31
