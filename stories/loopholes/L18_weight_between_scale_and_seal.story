title  "L18 weight changes between scale and seal"
why    "The paper says 120.00 ct, two scales said 120.90 ct, and what is sealed weighs what the paper says: nine tenths of a carat are in somebody's pocket and every paper agrees (docs/loopholes.md, L18). Three weighings by three persons must agree with each other."
closes L18

participants XA XB as usual                                              on 2026-01-05
valuers of XA as usual
lot      XA-L-1 for XA-A-1 "7102.31 120.00"                              on 2026-02-03
weigh    XA-L-1 at-point reception 120.90ct
value    XA-L-1 government "7102.31 42000.00"
weigh    XA-L-1 at-point valuation 120.90ct
apply    XA-A-1 from XA to XB 120.00ct 42000usd
draft    XA-000001 for XA-A-1
issue    XA-000001

attack   "0.90 ct are taken between valuation and seal, and the certificate agrees with what is left"
expect   refusal validate XA-000001 weighing 120.00ct seal 1-A           weight_unexplained
expect   refusal validate XA-000001 weighing 119.10ct seal 1-A           weight_differs
expect   refusal explain weight of XA-L-1 because "dust"                 nothing_to_explain
weigh    XA-L-1 at-point sealing 120.00ct
explain  weight of XA-L-1 because "two stones fell behind the sieve and went back to the exporter" by xa-customs
expect   refusal validate XA-000001 weighing 120.00ct seal 1-A           weight_unexplained
explain  weight of XA-L-1 because "seen: two stones handed back against receipt" by xa-approver
# what was explained is what was recorded, and no other weight
expect   refusal validate XA-000001 weighing 119.95ct seal 1-A           weight_unexplained
validate XA-000001 weighing 120.00ct seal 1-A
expect   state XA-000001 validated
