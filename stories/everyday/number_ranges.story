title "Numbers are allotted to an office"
why   "An office without a network gives its numbers by itself. So the capital gives none of them, and a withdrawn range stays away until the office has read the withdrawal."

participants XA XB as usual                                              on 2026-01-05

issue    XA-000001 from XA to XB 90.00ct 18000usd                        on 2026-01-06
allot    XA-000101..XA-000200 to north
expect   refusal allot XA-000200..XA-000300 to south                     range_overlaps
expect   refusal allot XA-000001..XA-000100 to south                     range_of_used_numbers
expect   refusal allot XA-000301..XA-000400 to capital                   not_an_office_label

apply    XA-A-2 from XA to XB 10.00ct 1000usd                            on 2026-01-07
expect   refusal draft XA-000150 for XA-A-2                              number_allotted_away
draft    XA-000002 for XA-A-2
expect   state   XA-000002 drafted

withdraw XA-000101..XA-000200 from north                                 on 2026-01-12
expect   refusal withdraw XA-000101..XA-000200 from north                no_such_range
expect   refusal allot XA-000101..XA-000200 to south                     range_overlaps
apply    XA-A-3 from XA to XB 10.00ct 1000usd
expect   refusal draft XA-000150 for XA-A-3                              number_allotted_away
expect   no finding
