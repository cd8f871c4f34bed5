title    "A participant is taken off the list, and comes back three years later"
why      "Membership is not standing. The time between stays what it was, and goods under way follow the notice's own rule."

participants XC XB as usual                                              on 2026-01-05
issue    XC-000001 from XC to XB 10.00ct 1000usd                         on 2026-07-06
depart   XC-000001                                                       on 2026-07-07
issue    XC-000002 from XC to XB 10.00ct 1000usd
membership XC ends removed from 2026-07-09T12:00:00Z decision "Chair's notice 2026/5"   at 2026-07-09T11:00:00Z
expect   refusal depart XC-000002 at 2026-07-09T12:00:00Z                participant_barred
expect   refusal membership XC ends withdrawn from 2026-08-01 decision "note"   not_a_participant
arrive   XC-000001 at XB 10.00ct                                         on 2026-07-11
expect   refusal confirm XC-000001 at XB                                 hold_and_ask_issuer
expect   refusal participant XC "Thirdland" member-from 2026-07-01       admitted_before_membership_ended
participant XC "Thirdland" member-from 2027-11-08 decision "Plenary decision 2027/2"   on 2027-11-01
expect   refusal apply XB-A-9 from XB to XC 5.00ct 900usd                destination_barred
issue    XB-000001 from XB to XC 5.00ct 900usd                           on 2027-11-08
expect   state XB-000001 validated
expect   refusal participant XC "Thirdland"                              already_a_participant
