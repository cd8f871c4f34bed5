title "An application lacks something, and is cured"
why   "The applicant is told in writing what is missing. Until that is cured the application gets no number; new content takes the place of the old, which stays in the log. What is not cured is rejected, with a reason."

participants XA XB as usual                                              on 2026-02-02

apply     XA-A-1 from XA to XB 1200.00ct 420000usd                       on 2026-02-03
deficient XA-A-1 because "the invoice says 1,100 ct; one of the two is wrong"
expect    application XA-A-1 deficient
expect    refusal draft XA-000001 for XA-A-1                             application_deficient
expect    refusal deficient XA-A-1 because "and the mine is not named"   application_deficient_already
expect    refusal cure XA-A-1 from XA to XB 1100.00ct 385000usd licence XA-EXP-9   no_such_licence
cure      XA-A-1 from XA to XB 1100.00ct 385000usd                       on 2026-02-05
expect    application XA-A-1 applied
expect    refusal cure XA-A-1 from XA to XB 1100.00ct 385000usd          application_not_deficient
draft     XA-000001 for XA-A-1
expect    application XA-A-1 drafted
issue     XA-000001
validate  XA-000001 weighing 1100.00ct seal 77120-A
depart    XA-000001
expect    cell XA export XB 2026-Q1 7102.31 1100.00ct

apply     XA-A-2 from XA to XB 40.00ct 9000usd                           on 2026-02-10
deficient XA-A-2 because "no declaration of the source"
expect    refusal reject XA-A-2 because "not cured" by xa-clerk          role_missing
reject    XA-A-2 because "not cured within 30 days"                      on 2026-03-12
expect    application XA-A-2 rejected
expect    refusal draft XA-000002 for XA-A-2                             application_rejected
expect    refusal reject XA-A-1 because "too late"                       application_already_drafted
