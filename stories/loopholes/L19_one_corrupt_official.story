title  "L19 one official signs alone"
why    "It has happened that the one official responsible for issuing was bought (docs/loopholes.md, L19). No one person can bring a certificate to life here: who drafts does not issue, who names officers does neither, and whoever is made an officer is named by a signed statement."
closes L19

participants XA XB as usual                                              on 2026-01-05

attack "one person tries to hold both pens"
expect refusal officer xa-solo of XA as clerk approver serving xa-gdo    roles_incompatible
expect refusal officer xa-solo of XA as administrator approver serving xa-gdo   roles_incompatible
expect refusal officer xa-solo of XA as administrator clerk serving xa-gdo      roles_incompatible
expect refusal officer xa-solo of XA as administrator customs serving xa-gdo    roles_incompatible
expect refusal officer xa-solo of XA as approver importer serving xa-gdo        roles_incompatible
expect refusal officer xa-solo of XA as valuer clerk serving xa-gdo             roles_incompatible
expect refusal officer xa-solo of XA as valuer approver serving xa-gdo          roles_incompatible
expect refusal officer xa-solo of XA as valuer customs serving xa-gdo           roles_incompatible
expect refusal officer xa-solo of XA as valuer independent-valuer serving xa-gdo   roles_incompatible
expect refusal officer xa-solo of XA as approver director serving xa-gdo        roles_incompatible

# the clerk tries to issue the own draft, the approver to draft, the administrator to do either
apply  XA-A-1 from XA to XB 10.00ct 1000usd
draft  XA-000001 for XA-A-1
expect refusal issue XA-000001 by xa-clerk                               role_missing
expect refusal issue XA-000001 by xa-admin                               role_missing
apply  XA-A-2 from XA to XB 10.00ct 1000usd
expect refusal draft XA-000002 for XA-A-2 by xa-approver                 role_missing

# clerk and customs in one small office: may be held together, but not for one certificate
officer xa-both of XA as clerk customs serving xa-gdo
apply  XA-A-3 from XA to XB 30.00ct 3000usd by xa-both
draft  XA-000003 for XA-A-3 by xa-both
issue  XA-000003
expect refusal validate XA-000003 weighing 30.00ct seal 3-A by xa-both   same_officer_drafted_and_validated
validate XA-000003 weighing 30.00ct seal 3-A
expect state XA-000001 drafted
expect state XA-000003 validated

# the administrator cannot make a helper at the scheme or in another land
expect refusal officer xb-mine of XB as clerk serving xb-gdo by xa-admin officer_of_another_body
expect refusal officer scheme-mine of scheme as statistics by xa-admin   officer_of_another_body

# who is given two roles one after the other is named twice, by signed statements that nobody can take back
expect statements 27
officer xa-twice of XA as clerk serving xa-gdo
expect refusal officer xa-twice of XA as approver serving xa-gdo         officer_id_taken
officer xa-twice-2 of XA as approver serving xa-gdo
expect statements 29
