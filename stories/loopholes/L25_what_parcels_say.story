title    "L25 the parcels say which zone, which mine and which stock"
why      "An approval for some zones is worth what is known of the goods (docs/loopholes.md, L25). Who may export from compliant zones only is served where every source of its parcels is from one, and refused where one is not or does not say."
closes   L25

participants XB XC as usual                                              on 2026-01-05
officer  scheme-monitoring of scheme as monitoring
parcel   XC-P-1 held-by XC-EXP-1 from "find XC-ART-1 zone XC/north-river mine sample-pit-2 found 2026-01-20 carats 50.00"   on 2026-01-25
parcel   XC-P-2 held-by XC-EXP-1 from "find XC-ART-2 zone XC/south mine sample-pit-3 found 2026-01-20 carats 20.00"
parcel   XC-P-3 held-by XC-EXP-1 from "find XC-ART-3 origin XC found 2026-01-20 carats 5.00"
parcel   XC-P-4 held-by XC-EXP-1 from "find XC-ART-1 zone XC/north-river mine sample-pit-2 found 2026-01-20 carats 8.00" "find XC-ART-3 origin XC found 2026-01-21 carats 1.00"
standing XC conditional from 2026-03-01 decision "Administrative decision 2026/2" direction export conditions compliant-zones   on 2026-02-25
zone     XC/north-river compliant from 2026-01-10 decision "Monitoring team decision 4"
apply    XC-A-1 from XC to XB 50.00ct 9000usd of-parcels XC-P-1          on 2026-03-02
apply    XC-A-2 from XC to XB 20.00ct 4000usd of-parcels XC-P-2
apply    XC-A-3 from XC to XB 5.00ct 900usd of-parcels XC-P-3
draft    XC-000001 for XC-A-1
draft    XC-000002 for XC-A-2
draft    XC-000003 for XC-A-3

attack   "goods of a zone that is not compliant, and goods of which one source says no zone, are to leave beside those that may"
expect   refusal issue XC-000002                                         zone_out_of_scope
expect   refusal issue XC-000003                                         zone_not_known
expect   refusal apply XC-A-4 from XC to XB 9.00ct 1600usd of-parcels XC-P-4   stones_under_measure
issue    XC-000001
validate XC-000001 weighing 50.00ct seal 77120-A
expect   state XC-000001 validated

# found compliant one by one: mines, and what an audited stock holds
standing XC conditional from 2026-03-10 decision "Administrative decision 2026/3" direction export mines "Sample Pit 2" "Sample Pit 4"   on 2026-03-10
expect   refusal issue XC-000002                                         mine_out_of_scope
expect   refusal issue XC-000003                                         mine_not_known
depart   XC-000001
expect   state XC-000001 departed
standing XC conditional from 2026-03-20 decision "Administrative decision 2026/4" direction export stock stockpile-2025   on 2026-03-20
expect   refusal issue XC-000002                                         stock_not_known
parcel   XC-P-5 held-by XC-EXP-1 from "find XC-ART-1 zone XC/north-river stock stockpile-2025 found 2026-01-20 carats 30.00"
parcel   XC-P-6 held-by XC-EXP-1 from "find XC-ART-1 zone XC/north-river stock production found 2026-03-15 carats 3.00"
apply    XC-A-5 from XC to XB 30.00ct 9000usd of-parcels XC-P-5
apply    XC-A-6 from XC to XB 3.00ct 900usd of-parcels XC-P-6
draft    XC-000005 for XC-A-5
draft    XC-000006 for XC-A-6
issue    XC-000005
expect   refusal issue XC-000006                                         stock_out_of_scope

# what came in from elsewhere is nobody's zone here, and leaves again as far as its arrival was confirmed
issue    XB-000001 from XB to XC 40.00ct 9000usd seal 9-1
depart   XB-000001
arrive   XB-000001 at XC 40.00ct
confirm  XB-000001 at XC
parcel   XC-P-7 held-by XC-EXP-1 from "import XB-000001 origin XB imported 2026-03-20 carats 10.00"
apply    XC-A-7 from XC to XB 10.00ct 2500usd origin XB of-parcels XC-P-7 source "XB-000001 10.00"
draft    XC-000007 for XC-A-7
issue    XC-000007
expect   state XC-000007 issued
