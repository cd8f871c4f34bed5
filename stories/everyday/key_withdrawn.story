title "A stolen desk's key signs nothing any more"
why   "A key is withdrawn with a reason. What it signed before stays good; from then on it signs nothing. The officer goes on with a new key."

participants XA XB as usual                                              on 2026-01-05

issue    XA-000001 from XA to XB 90.00ct 18000usd                        on 2026-01-06
withdraw key of xa-clerk because "the desk was stolen"                   on 2026-01-07
expect   refusal apply XA-A-9 from XA to XB 90.00ct 18000usd             key_not_registered
expect   refusal withdraw key of xa-clerk because "once more"            key_already_withdrawn
register key of xa-clerk held by "desk 2"
apply    XA-A-9 from XA to XB 90.00ct 18000usd
draft    XA-000002 for XA-A-9
issue    XA-000002
expect   state XA-000001 validated
expect   state XA-000002 issued
expect   refusal register key of xa-clerk held by "desk 3" by xa-approver   role_missing
expect   verify clean
