title    "L21 a true code on a false paper"
why      "A code that can be copied with the paper proves the code, not the paper (docs/loopholes.md, L21). A desk without a network is told what was signed, and that a number has served, each in its own red sentence."
closes   L21

participants XA XB XC as usual                                           on 2026-01-05
officer  xa-custodian of XA as custodian
officer  xa-custodian-2 of XA as custodian
document key first of XA from 2026-01-05 until 2026-12-31
witness  key first of XA
open     key first
issue    XA-000001 from XA to XB 800.00ct 160000usd                      on 2026-01-12
issue    XA-000002 from XA to XB 35.00ct 14000usd
publish  lists
scan     XA-000001
expect   verdict good of XA-000001
scan     XA-000001 paper-number XA-000001 paper-carats 800.00ct paper-usd 160000usd
expect   verdict good of XA-000001
type     XA-000001 with-code-of XA-000001
expect   verdict only-number-checked of XA-000001

attack   "a photocopy with other carats travels with a bigger parcel"    on 2026-01-14
scan     XA-000001 paper-carats 8800.00ct
expect   verdict paper-carats-differ of XA-000001
scan     XA-000001 paper-carats 800.00ct paper-usd 60000usd
expect   verdict paper-value-differs of XA-000001

# the code of one certificate under the number of another
scan     XA-000002 paper-number XA-000001
expect   verdict paper-number-differs of XA-000002
type     XA-000001 with-code-of XA-000002
expect   verdict check-code-of-another of XA-000001

# the original arrives; the copy comes a day later, with nothing altered on it
depart   XA-000001
arrive   XA-000001 at XB 800.00ct
confirm  XA-000001 at XB
publish  lists                                                           on 2026-01-15
scan     XA-000001 paper-carats 800.00ct
expect   verdict used of XA-000001
type     XA-000001 with-code-of XA-000001
expect   verdict used of XA-000001
scan     XA-000002
expect   verdict good of XA-000002

# with a network the register says the same
arrive   XA-000001 at XC 800.00ct
expect   refusal confirm XA-000001 at XC                                 number_already_used
expect   finding number_used_twice XA XA-000001
