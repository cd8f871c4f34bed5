title  "L32 seized stones vanish or come back"
why    "Seized stones have vanished, and have come back into the trade (docs/loopholes.md, L32). A seized lot has a reference and a weight up to its sale or destruction, and leaves only under a technical certificate that names it."
closes L32

participants XA XB XC as usual                                           on 2026-02-02
issue    XA-000001 from XA to XB 500.00ct 90000usd                       on 2026-02-03
depart   XA-000001
arrive   XA-000001 at XB 500.00ct seals broken                           on 2026-02-05
detain   XA-000001 at XB because "seals cut, importer unknown"
officer  xb-both of XB as importer customs named "Both"
expect   refusal seize XA-000001 at XB as XC-L-1 500.00ct because "order 5"   lot_reference_not_of_participant
seize    XA-000001 at XB as XB-L-1 499.50ct because "order 5"
expect   state XA-000001 seized

attack   "the stones that customs has seized are to leave as ordinary goods"   on 2026-03-02
expect   refusal apply XB-A-1 from XB to XC 499.50ct 90000usd origin XA source "XA-000001 499.50"   source_is_held
expect   refusal apply XB-A-1 from XB to XC 10.00ct 900usd origin XA technical seized XB-L-9        no_such_lot
expect   refusal apply XC-A-1 from XC to XB 10.00ct 900usd origin XA technical seized XB-L-1        no_such_lot
expect   refusal apply XB-A-1 from XB to XC 499.51ct 90000usd origin XA technical seized XB-L-1     lot_exhausted
expect   refusal dispose XA-000001 at XB sold 499.50ct "to a friend"     not_forfeited

# the lawful way: a technical certificate for the laboratory, and the rest up to its destruction
apply    XB-A-1 from XB to XC 99.50ct 18000usd origin XA technical seized XB-L-1
draft    XB-000001 for XB-A-1
issue    XB-000001
validate XB-000001 weighing 99.50ct seal 90001
depart   XB-000001
expect   refusal apply XB-A-2 from XB to XC 400.01ct 18000usd origin XA technical seized XB-L-1     lot_exhausted
forfeit  XA-000001 at XB because "court of Port Sample, no. 89"          on 2026-06-01
expect   state XA-000001 forfeited
expect   refusal lift XA-000001 at XB because "on second thought"        not_seized
expect   refusal dispose XA-000001 at XB destroyed 320.00ct "crushed"    lot_weight_differs
expect   refusal dispose XA-000001 at XB destroyed 400.00ct "crushed" by xb-customs   role_missing
dispose  XA-000001 at XB destroyed 400.00ct "crushed before two witnesses, protocol 5"
expect   lot XB-L-1 destroyed 499.50ct
expect   state XA-000001 forfeited
expect   refusal apply XB-A-2 from XB to XC 1.00ct 100usd origin XA technical seized XB-L-1         lot_is_gone

# what is missing must be explained, and the explanation stays
issue    XA-000002 from XA to XB 20.00ct 4000usd                         on 2026-06-03
depart   XA-000002
arrive   XA-000002 at XB 20.00ct                                         on 2026-06-05
detain   XA-000002 at XB because "importer on a list"
seize    XA-000002 at XB as XB-L-2 20.00ct because "order 9"
forfeit  XA-000002 at XB because "consent of the owner"
dispose  XA-000002 at XB sold 19.00ct "set in exhibits of the museum, inventory 12" explained "1.00 ct was spent in the laboratory, receipt 9"
expect   lot XB-L-2 sold 20.00ct
