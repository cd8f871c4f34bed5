title  "L32 stones seized without any certificate"
why    "Stones found in luggage carry no number, and nobody but those at the scales knows what was there (docs/loopholes.md, L31, L32). The lot has a reference, a weight and two officers from the first hour, and leaves only under a technical certificate that names it."
closes L32

participants XA XB XC as usual                                           on 2026-02-02
expect   refusal seize goods "7102.31 493.00" as XB-L-7 found "airport, flight 12" "in a power bank" under "Diamond Act, s. 30" before xb-customs   no_second_officer
expect   refusal seize goods "7102.31 493.00" as XB-L-7 found "airport, flight 12" "in a power bank" under "Diamond Act, s. 30" before xa-customs   no_second_officer
seize    goods "7102.31 490.00" "7102.10 3.00" as XB-L-7 found "airport, flight 12" "in a power bank" under "Diamond Act, s. 30"
expect   lot XB-L-7 seized 493.00ct
expect   refusal seize goods "7102.31 1.00" as XB-L-7 found "airport" "another bag" under "Diamond Act, s. 30"   lot_reference_taken

attack   "the stones that customs found are to leave as somebody's ordinary goods"   on 2026-02-10
expect   refusal apply XB-A-1 from XB to XC 493.00ct 90000usd technical seized XB-L-9             no_such_lot
expect   refusal apply XA-A-1 from XA to XC 493.00ct 90000usd technical seized XB-L-7             no_such_lot
expect   refusal apply XB-A-1 from XB to XC 493.01ct 90000usd technical seized XB-L-7             lot_exhausted
expect   refusal dispose goods XB-L-7 sold 493.00ct "to a friend"                                 lot_not_forfeited

# for the laboratory abroad, under a technical certificate that names the lot
apply    XB-A-1 from XB to XC 93.00ct 18000usd technical seized XB-L-7
draft    XB-000001 for XB-A-1
issue    XB-000001
validate XB-000001 weighing 93.00ct seal 90001
depart   XB-000001
expect   refusal apply XB-A-2 from XB to XC 400.01ct 18000usd technical seized XB-L-7             lot_exhausted

# what the two at the scales began, another ends
officer  xb-both of XB as customs importer
seize    goods "7102.31 2.00" as XB-L-8 found "market" "in a shoe" under "Diamond Act, s. 30" by xb-both
expect   refusal decide XB-L-8 released because "a mistake" by xb-both                            same_officer_seized_and_decided
decide   XB-L-8 released because "court, no. 12: they are glass"
expect   lot XB-L-8 released 2.00ct
decide   XB-L-7 forfeited because "court of Port Sample, no. 89"                                  on 2026-06-01
expect   refusal decide XB-L-7 released because "on second thought"                               lot_not_seized
expect   refusal dispose goods XB-L-7 destroyed 320.00ct "crushed"                                lot_weight_differs
dispose  goods XB-L-7 destroyed 400.00ct "crushed before two witnesses, protocol 5"
expect   lot XB-L-7 destroyed 493.00ct
expect   refusal apply XB-A-2 from XB to XC 1.00ct 100usd technical seized XB-L-7                 lot_is_gone

# a lot that came under a number does not take the reference of one that did not
issue    XA-000001 from XA to XB 20.00ct 4000usd
depart   XA-000001
arrive   XA-000001 at XB 20.00ct seals broken                            on 2026-06-05
detain   XA-000001 at XB because "seals cut"
expect   refusal seize XA-000001 at XB as XB-L-7 20.00ct because "order 9"                        lot_reference_taken
seize    XA-000001 at XB as XB-L-9 20.00ct because "order 9"
expect   lot XB-L-9 seized 20.00ct
