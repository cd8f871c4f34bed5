title  "L15 valued too low"
why    "Undervaluing is the oldest tax fraud: in 2017 one parcel was declared at 14.7 and valued again at 29.5 million dollars, and valuers were implicated (docs/loopholes.md, L15). Values are blind, the highest counts, and what lies far apart is explained by two persons before anything is issued."
closes L15

participants XA XB as usual                                              on 2026-01-05
valuers of XA as usual
rule     XA valuations-required is 3 from 2026-01-01 decision "Diamond Act, s. 9"

# a published triple: the highest of the three is what tax is paid on
apply    XA-A-1 from XA to XB 1000.00ct 601701usd                        on 2026-02-03
draft    XA-000001 for XA-A-1
expect   refusal issue XA-000001                                         values_missing
lot      XA-L-1 for XA-A-1 "7102.31 1000.00"
value    XA-L-1 government "7102.31 648540.00"
expect   value of XA-L-1 government sealed
value    XA-L-1 exporter "7102.31 601701.00"
expect   refusal open value of XA-L-1                                    values_missing
expect   refusal value XA-L-1 independent "7102.31 648540.00" by xa-valuer   role_missing
value    XA-L-1 independent "7102.31 659925.00"
expect   refusal issue XA-000001                                         values_sealed
expect   refusal open value of XA-L-1 by xa-independent                  nothing_sealed
open     value of XA-L-1
open     value of XA-L-1 by xa-clerk
expect   tax-base XA-L-1 659925usd spread 8.82%
issue    XA-000001
expect   certified XA-000001 at 659925usd

attack   "a parcel worth 29.5 million is declared at 14.7"
apply    XA-A-2 from XA to XB 40000.00ct 14700000usd
draft    XA-000002 for XA-A-2
lot      XA-L-2 for XA-A-2 "7102.31 40000.00"
value    XA-L-2 exporter "7102.31 14700000.00"
value    XA-L-2 independent "7102.31 14800000.00"
value    XA-L-2 government "7102.31 29500000.00"
open     value of XA-L-2 by xa-clerk
open     value of XA-L-2 by xa-independent
expect   refusal issue XA-000002                                         spread_unexplained
expect   tax-base XA-L-2 29500000usd spread 50.16%
dissent  XA-L-2 "I was asked to come down to the exporter's figure. I do not."

# one signature is not two, and those who made the figures do not explain them among themselves
explain  spread of XA-L-2 because "a fancy stone of 31 ct" by xa-independent
expect   refusal explain spread of XA-L-2 because "once more" by xa-independent   signed_already
explain  spread of XA-L-2 because "a fancy stone of 31 ct" by xa-valuer
expect   refusal issue XA-000002                                         spread_unexplained
explain  spread of XA-L-2 because "seen: a fancy stone of 31 ct, no band in the exporter's book" by xa-director
issue    XA-000002
expect   certified XA-000002 at 29500000usd
expect   dissent 1 about XA-A-2
expect   pair XA-EXP-1 xa-valuer apart 28.69% in 2
