title "Where the law asks for two approvals, one is not enough"
why   "Two approvals are an authority's own setting. The first approver approves, another one issues, and neither of them drafted."

participants XA XB as usual                                              on 2026-02-02
officer  xa-vera of XA as approver named "Vera"
rule     XA second-approval is yes from 2026-02-03 decision "Invented order 2026/2"
apply    XA-A-1 from XA to XB 500.00ct 90000usd                          on 2026-02-03
draft    XA-000001 for XA-A-1
expect   refusal issue XA-000001                                         second_approval_missing
approve  XA-000001 by xa-vera
expect   state XA-000001 drafted
expect   refusal approve XA-000001                                       certificate_approved_already
expect   refusal issue XA-000001 by xa-vera                              same_officer_approved_and_issued
issue    XA-000001
expect   state XA-000001 issued
expect   refusal approve XA-000001 by xa-vera                            number_already_used
