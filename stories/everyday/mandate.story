title "A broker files applications under an exporter's mandate"
why   "Most exporters send an agent to the counter, and no office can tell what the agent may do. Here the exporter's own person signs what a broker may file, to where, how much and until when; the application names both; and what goes beyond is refused with its rule."

participants XA XB XC as usual                                           on 2026-02-02
exporter XA-BRK-2 of XA "Quay Brokers" from 2026-01-01 until 2026-12-31
exporter XA-BRK-3 of XA "Other Brokers" from 2026-01-01 until 2026-12-31
trader   xa-stones of XA for XA-EXP-1
trader   xa-quay of XA for XA-BRK-2
trader   xa-other of XA for XA-BRK-3
expect   refusal   officer xa-both of XA as trader clerk                                       roles_incompatible
expect   refusal   trader xa-none of XA for XA-EXP-99                                          no_such_licence_of_trader

# An exporter's own person needs no mandate, and files for nobody else.
file     XA-A-1 from XA to XB 100.00ct 35000usd
expect   refusal   file XA-A-2 from XA to XB 100.00ct 35000usd by xa-quay                      application_of_another_licence
expect   refusal   file XA-A-2 from XA to XB 100.00ct 35000usd by xa-clerk                     role_missing
expect   refusal   file XA-A-2 from XA to XB 100.00ct 35000usd under XA-M-1 by xa-quay         no_mandate_of_exporter

expect   refusal   mandate XA-M-1 of XA-EXP-1 to XA-BRK-2 from 2026-02-01 until 2026-06-30 by xa-admin  role_missing
expect   refusal   mandate XA-M-1 of XA-EXP-1 to XA-BRK-2 from 2026-02-01 until 2026-06-30 by xa-quay   mandate_of_another_licence
mandate  XA-M-1 of XA-EXP-1 to XA-BRK-2 from 2026-02-01 until 2026-06-30 destinations XB carats 1500.00ct value 600000usd

file     XA-A-2 from XA to XB 1200.00ct 420000usd under XA-M-1           on 2026-02-03
expect   refusal   file XA-A-3 from XA to XC 10.00ct 3500usd under XA-M-1                      mandate_not_to_destination
expect   refusal   file XA-A-3 from XA to XB 300.01ct 3500usd under XA-M-1                     mandate_carats_exceeded
expect   refusal   file XA-A-3 from XA to XB 300.00ct 180001usd under XA-M-1                   mandate_value_exceeded
expect   refusal   file XA-A-3 from XA to XB 300.00ct 3500usd under XA-M-1 by xa-other         mandate_of_another_broker
file     XA-A-3 from XA to XB 300.00ct 180000usd under XA-M-1
expect   refusal   file XA-A-4 from XA to XB 0.01ct 1usd under XA-M-1                          mandate_carats_exceeded

# A clerk drafts from what was filed as from any application.
draft    XA-000001 for XA-A-2
issue    XA-000001
validate XA-000001 weighing 1200.00ct seal 77120-A
expect   state     XA-000001 validated

# Either side ends it; what was filed stays.
expect   refusal   end mandate XA-M-1 because "not ours" by xa-other                           no_such_mandate
end mandate XA-M-1 because "we file ourselves again"                      on 2026-02-10
expect   refusal   end mandate XA-M-1 because "again" by xa-quay                               mandate_ended_before
expect   refusal   file XA-A-4 from XA to XB 0.01ct 1usd under XA-M-1                          mandate_not_in_force
draft    XA-000002 for XA-A-3

# One that runs out serves to its last day.
mandate  XA-M-2 of XA-EXP-1 to XA-BRK-2 from 2026-02-10 until 2026-02-20
file     XA-A-5 from XA to XC 10.00ct 3500usd under XA-M-2                on 2026-02-20
expect   refusal   file XA-A-6 from XA to XC 10.00ct 3500usd under XA-M-2 on 2026-02-21        mandate_not_in_force

expect   no finding
expect   verify clean
expect   rebuild clean
