title "A new participant joins, with its own people"
why   "Membership begins on a day. The secretariat names the first administrator and nobody else; from then on a participant names its own."

participants XA as usual                                                 on 2026-01-05
participant  XC "Thirdland" member-from 2026-03-01 decision "Plenary decision 2025/4"
officer   xc-admin of XC as administrator
expect    refusal officer xc-second of XC as administrator by scheme-secretariat   officer_of_another_body
authority xc-gdo of XC "Diamond office of Thirdland" duty both
officer   xc-vera  of XC as clerk serving xc-gdo named "Vera"
officer   xc-paul  of XC as approver serving xc-gdo named "Paul"
officer   xc-ines  of XC as customs serving xc-gdo named "Ines"
exporter  XC-EXP-1 of XC "River Stones" from 2026-03-01 until 2026-12-31

# before the day, nothing is certified, in neither direction
expect    refusal apply XA-A-1 from XA to XC 10.00ct 1000usd on 2026-02-28          destination_not_a_participant
expect    refusal apply XC-A-1 from XC to XA 40.00ct 8000usd by xc-vera             licence_not_active

apply     XC-A-1 from XC to XA 40.00ct 8000usd by xc-vera                on 2026-03-01
draft     XC-000001 for XC-A-1 by xc-vera
issue     XC-000001 by xc-paul
validate  XC-000001 weighing 40.00ct seal 1 by xc-ines
depart    XC-000001 by xc-ines
arrive    XC-000001 at XA 40.00ct                                        on 2026-03-03
confirm   XC-000001 at XA
expect    state XC-000001 confirmed
expect    certificates 1 validated by XC in 2026-Q1
