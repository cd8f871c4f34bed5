title "A lot is weighed, valued by three and issued at the highest value"
why   "The everyday life of a valuer: goods come in and are weighed, three put in their values without seeing each other's, all are opened, and the certificate bears the highest. A value far outside the price book warns; it stops nothing, because a rare stone is rare."

participants XA XB as usual                                              on 2026-02-02
valuers of XA as usual
rule     XA valuations-required is 3 from 2026-01-01 decision "Diamond Act, s. 9"
price-book XA 2026-01 bands "7102.21 1.00 30.00" "7102.31 large 400.00 900.00" "7102.31 small 50.00 300.00"

# the goods come in before anybody applies
lot      XA-L-1 for XA-A-1 "7102.21 200.00" "7102.31 large 300.00" "7102.31 small 500.00"   on 2026-02-03
weigh    XA-L-1 at-point reception 1000.00ct
value    XA-L-1 exporter "7102.21 3000.00" "7102.31 large 150000.00" "7102.31 small 60000.00"
weigh    XA-L-1 at-point valuation 999.95ct
expect   refusal weigh XA-L-1 at-point sealing 1000.00ct by xa-valuer    role_missing
expect   value of XA-L-1 exporter sealed
value    XA-L-1 independent "7102.21 2500.00" "7102.31 large 160000.00" "7102.31 small 70000.00"
expect   refusal value XA-L-1 independent "7102.21 1.00" "7102.31 large 1.00" "7102.31 small 1.00"   value_is_in
expect   refusal value XA-L-1 government "7102.31 large 160000.00"       lines_differ_from_lot

# the last one has nobody to be swayed by
value    XA-L-1 government "7102.21 9000.00" "7102.31 large 158000.00" "7102.31 small 64000.00"
expect   value of XA-L-1 government open
expect   value of XA-L-1 exporter sealed
open     value of XA-L-1 by xa-clerk
open     value of XA-L-1 by xa-independent
expect   tax-base XA-L-1 232500usd spread 8.38%
expect   warnings 1 about XA-L-1
expect   pair XA-EXP-1 xa-valuer apart 7.79% in 1

# cleaned, the goods are valued anew
value    XA-L-1 exporter "7102.21 3000.00" "7102.31 large 170000.00" "7102.31 small 61000.00" stage cleaned
value    XA-L-1 government "7102.21 3000.00" "7102.31 large 175000.00" "7102.31 small 64000.00"
apply    XA-A-1 from XA to XB 200.00ct 3000usd class 7102.21 also "7102.31 800.00 231000.00"
draft    XA-000001 for XA-A-1
expect   refusal issue XA-000001                                         values_missing
value    XA-L-1 independent "7102.21 3000.00" "7102.31 large 180000.00" "7102.31 small 62000.00"
open     value of XA-L-1
open     value of XA-L-1 by xa-clerk
issue    XA-000001
expect   certified XA-000001 at 245000usd
expect   refusal validate XA-000001 weighing 1000.00ct seal 1-A by xa-valuer   role_missing
validate XA-000001 weighing 999.90ct seal 1-A
depart   XA-000001
expect   cell XA export XB 2026-Q1 7102.31 800.00ct value 242000usd
