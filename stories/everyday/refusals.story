title "What a desk refuses, and why"
why   "Every refusal has a short name, a sentence and a rule. This is the table of them along the life of a certificate."

participants XA XB as usual                                              on 2026-01-05
participant  XC "Thirdland" member-from 2026-06-01

# who may act
expect refusal apply XA-A-1 from XA to XB 10.00ct 1000usd by nobody-here     not_an_officer
expect refusal apply XA-A-1 from XA to XB 10.00ct 1000usd by xb-clerk        officer_of_another_body
expect refusal apply XA-A-1 from XA to XB 10.00ct 1000usd by xa-customs      role_missing
expect refusal participants XA as usual                                      already_a_participant
expect refusal officer xa-clerk of XA as clerk serving xa-gdo                officer_id_taken
expect refusal officer anna of XA as clerk serving xa-gdo                    officer_id_not_of_body
expect refusal officer xa-anna of XA as secretariat serving xa-gdo           role_of_another_body
expect refusal officer xa-anna of XA as clerk serving xb-gdo                 no_such_authority
expect refusal exporter XA-EXP-1 of XA "Another" from 2026-01-01 until 2026-12-31   licence_number_taken
expect refusal exporter XB-EXP-9 of XA "Another" from 2026-01-01 until 2026-12-31   licence_number_not_of_participant
expect refusal exporter XA-EXP-9 of XA "Another" from 2026-12-31 until 2026-01-01   licence_ends_before_it_begins
expect refusal capacity XZ 1.00ct/year source "a survey" dated 2025-01-01    not_a_participant

# the application
expect refusal apply XB-A-1 from XA to XB 10.00ct 1000usd                    application_reference_not_of_participant
expect refusal apply XA-A-1 from XA to XB 10.00ct 1000usd licence XA-EXP-7   no_such_licence
expect refusal apply XA-A-1 from XA to XB 0.00ct 0usd                        line_not_positive
expect refusal apply XA-A-1 from XA to XB 10.00ct 1000usd also "7102.31 1.00 5.00"   class_twice
expect refusal apply XA-A-1 from XA to XB 10.00ct 1000usd parcels 0          no_parcel
expect refusal apply XA-A-1 from XA to XA 10.00ct 1000usd                    destination_is_own
expect refusal apply XA-A-1 from XA to XC 10.00ct 1000usd                    destination_not_a_participant
apply  XA-A-1 from XA to XB 10.00ct 1000usd
expect refusal apply XA-A-1 from XA to XB 10.00ct 1000usd                    application_reference_taken

# draft, issue, seal
expect refusal draft XA-000001 for XA-A-9                                    no_such_application
expect refusal draft XB-000001 for XA-A-1                                    number_of_another_issuer
expect refusal issue XA-000001                                               no_such_certificate
draft  XA-000001 for XA-A-1
expect refusal draft XA-000002 for XA-A-1                                    application_already_drafted
apply  XA-A-2 from XA to XB 10.00ct 1000usd
expect refusal draft XA-000001 for XA-A-2                                    number_already_used
expect refusal validate XA-000001 weighing 10.00ct seal 1-A                  certificate_not_issued
expect refusal issue XA-000001 expires 2026-01-04                            expires_before_issue
issue  XA-000001
expect refusal issue XA-000001                                               number_already_used
expect refusal validate XA-000001 weighing 10.50ct seal 1-A                  weight_differs
expect refusal depart XA-000001                                              certificate_not_validated
validate XA-000001 weighing 10.00ct seal 1-A

# departure and arrival
expect refusal depart XA-000001 left-on 2026-02-01                           departure_in_the_future
expect refusal depart XA-000001 left-on 2026-01-04                           departure_before_validation
expect refusal confirm XA-000001 at XB                                       no_arrival
arrive XA-000001 at XB 10.00ct
expect refusal confirm XA-000001 at XB                                       certificate_not_departed
expect finding presented_without_departure XA XA-000001
expect refusal difference XA-000009 at XB "nothing came"                     no_arrival
expect refusal arrive XA-000001 at XB 10.00ct by xa-customs                  officer_of_another_body

# returns and cases
expect refusal return XA 2026-H1 100.00ct 5000usd                            half_not_over
expect refusal return XA 2025-H2 100.00ct 5000usd by xa-clerk                role_missing
return XA 2025-H2 nil
expect refusal return XA 2025-H2 100.00ct 5000usd                            restatement_without_reason
expect refusal answer C-2026-0009 "nobody asked"                             no_such_case
expect refusal close C-2026-0009 as explained because "nobody asked"         no_such_case

expect statements 27
expect no finding about XB
