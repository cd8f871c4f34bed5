title "Parcels are recorded, change hands, are weighed anew and leave"
why   "The everyday life of parcels: a collector's slips become a parcel, a buying house receives it by two signatures, it is cleaned and sorted, and what is certified is what it holds."

participants XA XB as usual                                              on 2026-02-02
officer  xa-anna of XA as clerk serving xa-gdo
exporter XA-COL-1 of XA "Collector" from 2026-01-01 until 2026-12-31
rule     XA sources-required is yes from 2026-01-01 decision "Diamond Act, s. 9"

parcel   XA-P-1 held-by XA-COL-1 from "purchase SLIP-1 zone XA/north found 2026-01-10 bought 2026-01-15 carats 70.00" "purchase SLIP-2 zone XA/south found 2026-01-11 bought 2026-01-15 carats 50.00" class 7102.10
expect   refusal parcel XA-P-2 held-by XA-COL-1 from "purchase SLIP-2 zone XA/south found 2026-01-11 bought 2026-01-15 carats 50.00"   slip_already_used
expect   refusal parcel XA-P-2 held-by XA-COL-9 from "find XA-ART-1 zone XA/south found 2026-01-11 carats 50.00"   no_such_holder
expect   origin of XA-P-1 XA

# handed over and accepted: two signatures
hand     XA-P-1 to XA-EXP-1
expect   parcel XA-P-1 held held-by XA-COL-1 weighing 120.00ct
expect   refusal accept XA-P-1 by xa-clerk                               same_officer_gave_and_accepted
expect   refusal split XA-P-1 into "XA-P-2 7102.31 100.00"               parcel_under_way
accept   XA-P-1 by xa-anna
expect   parcel XA-P-1 held held-by XA-EXP-1
expect   refusal accept XA-P-1                                           parcel_not_handed_over
hand     XA-P-1 to xa-gdo
accept   XA-P-1
expect   refusal hand XA-P-1 to XA-EXP-1 by xa-admin                     not_the_holder
hand     XA-P-1 to XA-EXP-1 by xa-customs
accept   XA-P-1 by xa-clerk

# cleaned: one says so, another agrees
adjust   XA-P-1 to 119.00ct because "acid cleaning"
expect   parcel XA-P-1 held weighing 120.00ct
expect   refusal adjust XA-P-1 to 121.00ct because "another scale"       gain_without_source
agree    XA-P-1
expect   refusal agree XA-P-1                                            nothing_adjusted
expect   share XA-P-1/1 in XA-P-1 69.42ct
expect   share XA-P-1/2 in XA-P-1 49.58ct

# sorted
expect   refusal split XA-P-1 into "XA-P-2 7102.31 100.00" "XA-P-3 7102.21 18.00"   loss_without_reason
split    XA-P-1 into "XA-P-2 7102.31 100.00" "XA-P-3 7102.21 18.00" losing-by "dust"
expect   parcel XA-P-1 spent
expect   refusal mix XA-P-2 XA-P-3 into XA-P-4                           class_does_not_follow
mix      XA-P-2 XA-P-3 into XA-P-4 class 7102.10 weighing 118.00ct
split    XA-P-4 into "XA-P-5 7102.31 100.00" "XA-P-6 7102.21 18.00"

# certified: what is named is what is declared
expect   refusal apply XA-A-1 from XA to XB 100.00ct 35000usd            parcels_missing
expect   refusal apply XA-A-1 from XA to XB 90.00ct 35000usd of-parcels XA-P-5   carats_differ_from_parcels
expect   refusal apply XA-A-1 from XA to XB 100.00ct 35000usd of-parcels XA-P-5 origin XB   origin_differs_from_parcels
expect   refusal apply XA-A-1 from XA to XB 100.00ct 35000usd of-parcels XA-P-5 licence XA-COL-1   holder_not_exporter
apply    XA-A-1 from XA to XB 100.00ct 35000usd of-parcels XA-P-5
apply    XA-A-2 from XA to XB 100.00ct 35000usd of-parcels XA-P-5
draft    XA-000001 for XA-A-1
expect   parcel XA-P-5 reserved held-by XA-EXP-1
expect   refusal draft XA-000002 for XA-A-2                              parcel_not_held
expect   refusal hand XA-P-5 to xa-gdo                                   parcel_not_held
issue    XA-000001
validate XA-000001 weighing 100.00ct seal 1-A
depart   XA-000001
expect   parcel XA-P-5 exported

# what an authority takes is not certified any more
seize    XA-P-6 under "Diamond Act, s. 41"
expect   parcel XA-P-6 seized held-by xa-gdo
expect   refusal apply XA-A-3 from XA to XB 18.00ct 200usd class 7102.21 of-parcels XA-P-6   parcel_not_held
