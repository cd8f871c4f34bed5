title   "L53 a declared figure is changed later"
why     "Restated statistics with no trace. A return that is sent again is a new statement with its reason; what was known on any day can still be asked: what did 2008 look like when the plenary of November 2009 decided?"
exposes L53
begins  2009-09-01

participants XA as usual
return   XA 2008-H1 473.00ct 9460usd                                     on 2009-09-02
return   XA 2008-H2 500.00ct 10000usd
expect   figure XA 2008-H1 as-known-on 2009-11-05 473.00ct

attack   "after the plenary, the first half of 2008 becomes twice as large"   on 2009-11-20
restate  XA 2008-H1 1018.00ct 20360usd because "a mine was missing"      on 2009-11-20
expect   versions 2 of 2008-H1 by XA
expect   figure XA 2008-H1 as-known-on 2009-11-05 473.00ct
expect   figure XA 2008-H1 as-known-on 2009-11-19 473.00ct
expect   figure XA 2008-H1 as-known-on 2009-11-20 1018.00ct
expect   figure XA 2008-H2 as-known-on 2009-11-20 500.00ct
expect   refusal restate XA 2008-H1 1019.00ct 20380usd because "again" by xa-clerk role_missing
expect   refusal return XA 2008-H1 473.00ct 9460usd                      restatement_without_reason
