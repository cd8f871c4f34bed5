title  "L24 a certificate from, or to, a country that may not trade"
why    "Certificates have been seen from countries that were not, or no longer, participants (docs/loopholes.md, L24). A standing holds from an instant, and the decision says what happens to goods already under way."
closes L24

participants XA XB XC as usual                                           on 2026-07-01
issue    XC-000001 from XC to XB 300.00ct 60000usd                       on 2026-07-06
depart   XC-000001                                                       at 2026-07-08T15:00:00Z
issue    XC-000005 from XC to XB 500.00ct 90000usd                       at 2026-07-08T16:00:00Z
issue    XC-000002 from XC to XB 400.00ct 80000usd                       at 2026-07-09T08:00:00Z
apply    XC-A-3 from XC to XB 50.00ct 9000usd
draft    XC-000003 for XC-A-3
apply    XA-A-1 from XA to XC 70.00ct 9000usd
draft    XA-000001 for XA-A-1
standing XC suspended from 2026-07-09T12:00:00Z decision "Administrative decision 2026/3"   at 2026-07-09T11:00:00Z

# until noon it may
issue    XC-000003                                                       at 2026-07-09T11:59:00Z

attack   "XC goes on trading after the decision"   at 2026-07-09T12:00:00Z
expect   refusal depart XC-000002 at 2026-07-09T12:00:00Z                participant_barred
expect   refusal issue XA-000001                                         destination_barred
expect   refusal apply XA-A-9 from XA to XC 5.00ct 900usd                destination_barred
expect   refusal apply XA-A-9 from XA to XZ 5.00ct 900usd                destination_not_a_participant
apply    XC-A-4 from XC to XB 60.00ct 9000usd
draft    XC-000004 for XC-A-4
expect   refusal issue XC-000004                                         issuer_barred

# left on the day before, and nobody wrote it down: it may be recorded now, and is under way like the others
expect   refusal depart XC-000005 left-on 2026-07-09                     participant_barred
depart   XC-000005 left-on 2026-07-08

# left before, arrives after: the decision is silent, so hold and ask
arrive   XC-000001 at XB 300.00ct                                        on 2026-07-11
expect   refusal confirm XC-000001 at XB                                 hold_and_ask_issuer
expect   state XC-000001 arrived

# a later decision lets nothing in that was under way
standing XC suspended from 2026-07-09T12:00:00Z decision "Administrative decision 2026/3a" under-way refuse   on 2026-07-15
arrive   XC-000005 at XB 500.00ct
expect   refusal confirm XC-000001 at XB                                 issuer_barred
expect   refusal confirm XC-000005 at XB                                 issuer_barred

# a later decision releases what had left before the suspension took hold
standing XC suspended from 2026-07-09T12:00:00Z decision "Administrative decision 2026/4" under-way release   on 2026-07-20
confirm  XC-000001 at XB
confirm  XC-000005 at XB
expect   state XC-000001 confirmed
standing XC open from 2026-08-01T00:00:00Z decision "Plenary decision 2026/9"   on 2026-07-24
expect   refusal depart XC-000002 on 2026-07-31                          participant_barred
depart   XC-000002                                                       on 2026-08-01
expect   state XC-000002 departed
