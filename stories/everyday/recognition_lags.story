title    "A participant is readmitted, and the others follow one by one"
why      "The scheme decides on one day and each participant changes its own list on another: one country could once export to some participants and not to others for 21 months, lawfully. A certificate needs the scheme and both lists on its day."

participants XA XB XD as usual                                           on 2026-01-05
rule     XB recognition-list is yes from 2026-01-05 decision "Diamond Trade Act"
recognition by XB of XD from 2026-01-05 decision "Schedule of 5 January"
recognition by XB of XA from 2026-01-05 decision "Schedule of 5 January" until 2026-02-28
issue    XA-000001 from XA to XB 10.00ct 1000usd                         on 2026-02-27
standing XA suspended from 2026-03-01 decision "Administrative decision 2026/1"
standing XA open from 2026-07-17 decision "Administrative decision 2026/4"   on 2026-07-16

# the scheme has opened it: XD, which keeps no list, trades at once, and XB does not
issue    XA-000002 from XA to XD 10.00ct 1000usd                         on 2026-07-17
expect   refusal apply XA-A-9 from XA to XB 10.00ct 1000usd              not_recognised
expect   refusal apply XB-A-9 from XB to XA 10.00ct 1000usd              not_recognised
recognition by XB of XA from 2027-04-26 decision "Notice of 26 April"    on 2027-04-20
expect   refusal apply XA-A-9 from XA to XB 10.00ct 1000usd on 2027-04-25   not_recognised
issue    XA-000003 from XA to XB 10.00ct 1000usd                         on 2027-04-26
expect   state XA-000003 validated

# a list is its participant's own to write, and nobody is on it by asking
expect   refusal recognition by XB of XA from 2026-07-17 decision "none" by xa-admin   officer_of_another_body
