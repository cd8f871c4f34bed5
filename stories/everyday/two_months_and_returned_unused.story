title "A certificate holds as long as its issuer's law says, and goes back unused"
why   "The scheme sets no length. In the European Union it is two months, in Canada and Brazil 60 days (docs/scheme.md, 3.1). No act makes a certificate expire: its last day passes."

participants XA XB as usual                                              on 2026-01-02
rule     XA validity is 2-months from 2026-01-15 decision "Invented act on rough diamonds, art. 12"

# before the law's first day: sixty days
issue    XA-000001 from XA to XB 100.00ct 20000usd                       on 2026-01-10
apply    XA-A-2 from XA to XB 50.00ct 9000usd                            on 2026-01-31
draft    XA-000002 for XA-A-2
expect   refusal issue XA-000002 expires 2026-04-01                      expires_after_rule
issue    XA-000002
validate XA-000002 weighing 50.00ct seal 77120-A
day      2026-03-11
expect   refusal depart XA-000002 left-on 2026-03-12                     departure_in_the_future
day      2026-03-12
expect   expired XA-000001
day      2026-03-31
expect   refusal return XA-000002 unused                                 no_reason
day      2026-04-01
expect   expired XA-000002
expect   state XA-000002 validated
expect   refusal depart XA-000002                                        certificate_expired
return   XA-000002 unused
expect   state XA-000002 returned_unused
expect   refusal depart XA-000002                                        certificate_not_validated
expect   refusal return XA-000002 unused                                 certificate_ended
return   XA-000001 unused because "the buyer withdrew"
expect   state XA-000001 returned_unused
