title  "L23 blank certificates are stolen, and one comes back with goods"
why    "Blank paper has been sold, stolen and left uncounted (docs/loopholes.md, L23). Here every sheet has a number and a custodian; what is reported missing never becomes a certificate, and whoever presents one is asked."
closes L23

participants XA XB as usual                                              on 2026-01-05
officer  xa-store of XA as storekeeper
officer  xa-keeper of XA as storekeeper
officer  xa-custodian of XA as custodian
officer  xa-custodian-2 of XA as custodian
document key first of XA from 2026-01-05 until 2026-12-31
witness  key first of XA
open     key first
rule     XA blank-stock is yes from 2026-01-01 decision "Diamond Act, s. 9"
blanks   XA-000001..XA-000100 printed
blanks   XA-000001..XA-000100 received
blanks   XA-000001..XA-000100 handed-over to capital
blanks   XA-000001..XA-000100 accepted
issue    XA-000001 from XA to XB 800.00ct 160000usd                      on 2026-01-12

# 20 sheets were taken out of the safe; the monthly count shows it
count    blanks of XA finding XA-000002..XA-000080                       on 2026-01-30
expect   finding blanks_unaccounted XA 2026
expect   case open asked XA about blanks_unaccounted
blanks   XA-000081..XA-000100 stolen because "the count of 30 January did not come out"
apply    XA-A-9 from XA to XB 10.00ct 1000usd                            on 2026-02-02

attack   "somebody at the desk makes a certificate on one of the stolen sheets"   on 2026-02-02
expect   refusal draft XA-000085 for XA-A-9                              blank_missing
expect   refusal blanks XA-000085 accepted                               blank_elsewhere

# one of them is filled in elsewhere and presented: recorded as evidence, confirmed never
arrive   XA-000085 at XB 500.00ct                                        on 2026-02-04
expect   refusal confirm XA-000085 at XB                                 number_never_issued
expect   finding presented_blank_missing XA XA-000085
expect   case open asked XA about presented_blank_missing

# a desk without a network knows the stolen sheets by their numbers, whatever code stands on them
publish  lists                                                           on 2026-02-05
type     XA-000086 with-code-of XA-000001 issued-on 2026-01-12
expect   verdict blank-missing of XA-000086
scan     XA-000001 paper-number XA-000086
expect   verdict paper-number-differs of XA-000001
forge    XA-000086 by-key first after XA-000001
expect   verdict blank-missing of XA-000086
