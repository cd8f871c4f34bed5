title   "L20 issued on a superior's order"
why     "An export has been signed on an order from above, against the file (docs/loopholes.md, L20). Where the law allows an order, it can be given: by name, with reason and law, for one act within a day. It is counted, and reviewers see it."
exposes L20

participants XA XB as usual                                              on 2026-01-05
officer scheme-monitoring of scheme as monitoring
valuers of XA as usual
rule    XA valuations-required is 2 from 2026-01-01 decision "Diamond Act, s. 9"
lot     XA-L-1 for XA-A-1 "7102.31 1000.00"                              on 2026-02-03
value   XA-L-1 exporter "7102.31 100000.00"
value   XA-L-1 government "7102.31 400000.00"
open    value of XA-L-1 by xa-clerk
dissent XA-L-1 "The exporter's figure is a quarter of mine; I was told to let it pass."
apply   XA-A-1 from XA to XB 1000.00ct 100000usd
draft   XA-000001 for XA-A-1

# what others rely on is nobody's to order
expect  refusal issue XA-000001                                          spread_unexplained
expect  refusal override spread_unexplained of issue_certificate for XA-000001 because "an order" under "no law"   override_not_allowed
rule    XA override-allowed is yes from 2026-01-01 decision "Diamond Act, s. 9"
expect  refusal override number_already_used of issue_certificate for XA-000001 because "an order" under "no law"   never_set_aside
expect  refusal override weight_differs of validate_certificate for XA-000001 because "an order" under "no law"     never_set_aside
expect  refusal override spread_unexplained of issue_certificate for XB-000001 because "an order" under "no law" by xa-director   officer_of_another_body
expect  refusal override spread_unexplained of issue_certificate for XA-000001 because "an order" under "no law" by xa-approver   role_missing

attack  "the minister orders that the certificate is issued all the same"
override spread_unexplained of issue_certificate for XA-000001 because "order 14 of the minister" under "Diamond Act, s. 12(3)"
issue   XA-000001
expect  overrides 1 by XA in 2026
expect  dissent 1 about XA-A-1
expect  certified XA-000001 at 400000usd

# one order, one act, one day
apply   XA-A-2 from XA to XB 1000.00ct 100000usd
draft   XA-000002 for XA-A-2
override values_missing of issue_certificate for XA-000002 because "order 15 of the minister" under "Diamond Act, s. 12(3)"
expect  refusal override values_missing of issue_certificate for XA-000002 because "again" under "Diamond Act, s. 12(3)"   overridden_already
day     2026-02-05
expect  refusal issue XA-000002                                          values_missing
expect  overrides 2 by XA in 2026
