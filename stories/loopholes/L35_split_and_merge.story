title  "L35 splitting and mixing break the trail"
why    "After three lots have become one and one has become five, nobody could say any more where a stone came from (docs/loopholes.md, L35). Every parcel that comes out names every possible source with its share, to the hundredth of a carat, and never weighs more than what went in."
closes L35

participants XA XB as usual                                              on 2026-01-05
issue    XB-000001 from XB to XA 50.00ct 9000usd origin XC               on 2026-01-10
depart   XB-000001
arrive   XB-000001 at XA 50.00ct                                         on 2026-01-12
confirm  XB-000001 at XA
parcel   XA-P-1 held-by XA-EXP-1 from "find XA-ART-1 zone XA/north found 2026-01-10 carats 100.00"
parcel   XA-P-2 held-by XA-EXP-1 from "purchase SLIP-1 zone XA/south found 2026-01-09 bought 2026-01-12 carats 50.00" on 2026-01-14
parcel   XA-P-3 held-by XA-EXP-1 from "import XB-000001 origin XC imported 2026-01-12 carats 50.00"

# three lots are mixed and split into five: each shows its possible origins and shares
mix      XA-P-1 XA-P-2 XA-P-3 into XA-P-4
split    XA-P-4 into "XA-P-5 7102.31 66.67" "XA-P-6 7102.31 33.33" "XA-P-7 7102.31 50.00" "XA-P-8 7102.31 25.01" "XA-P-9 7102.31 24.98" losing-by "dust"
expect   share XA-P-1/1 in XA-P-5 33.33ct
expect   share XA-P-2/1 in XA-P-5 16.67ct
expect   share XA-P-3/1 in XA-P-5 16.67ct
expect   origin of XA-P-5 "mixed XA:50.00 XC:16.67"
expect   share XA-P-3/1 in XA-P-6 8.33ct
expect   share XA-P-3/1 in XA-P-7 12.50ct
expect   share XA-P-3/1 in XA-P-8 6.25ct
expect   share XA-P-3/1 in XA-P-9 6.25ct
expect   parcel XA-P-4 spent

attack   "more is to come out than went in, and one lot is to serve twice"
expect   refusal split XA-P-5 into "XA-P-10 7102.31 60.00" "XA-P-11 7102.31 10.00"   more_than_before
expect   refusal mix XA-P-4 XA-P-5 into XA-P-10                          parcel_not_held
expect   refusal mix XA-P-5 XA-P-5 into XA-P-10                          parcel_twice
expect   refusal apply XA-A-1 from XA to XB 66.67ct 20000usd of-parcels XA-P-5   origin_differs_from_parcels
expect   refusal apply XA-A-1 from XA to XB 66.67ct 20000usd of-parcels XA-P-5 origin "mixed XA:50.00 XC:16.67"   sources_differ_from_parcels
expect   refusal apply XA-A-1 from XA to XB 66.67ct 20000usd of-parcels XA-P-5 origin "mixed XA:50.00 XC:16.67" source "XB-000001 10.00"   sources_differ_from_parcels
apply    XA-A-1 from XA to XB 66.67ct 20000usd of-parcels XA-P-5 origin "mixed XA:50.00 XC:16.67" source "XB-000001 16.67"
expect   left XB-000001 33.33ct

# from the re-export back to the import: no more than was confirmed
parcel   XA-P-12 held-by XA-EXP-1 from "import XB-000001 origin XC imported 2026-01-12 carats 10.00"
expect   refusal apply XA-A-2 from XA to XB 10.00ct 2000usd of-parcels XA-P-12 origin XC   import_overdrawn
parcel   XA-P-13 held-by XA-EXP-1 from "import XB-000009 origin XC imported 2026-01-12 carats 10.00"
expect   refusal apply XA-A-2 from XA to XB 10.00ct 2000usd of-parcels XA-P-13 origin XC   import_not_confirmed
