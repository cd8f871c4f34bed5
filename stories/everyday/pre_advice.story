title "An issuer that keeps its register elsewhere tells what is on its way"
why   "Most exporting authorities keep their own register. They tell before the goods arrive, as the scheme recommends, and from then on the arrival is compared and answered like any other."
why   "What a register here says itself is never typed by somebody else, and a number that comes unannounced is asked about."

participants XA XB as usual                                              on 2026-02-02
participant  XC "Thirdland" member-from 2020-01-01 decision "invented decision 3"

# told, arrived, confirmed: counted as an import from XC, and never as an export that XC has not stated itself
advise   XC-000123 at XB 1200.00ct 420000usd issued-on 2026-02-01 left-on 2026-02-03 seal 88-1 on 2026-02-04
expect   state   XC-000123 departed
arrive   XC-000123 at XB 1200.00ct seal 88-1                             on 2026-02-06
confirm  XC-000123 at XB
expect   state   XC-000123 confirmed
expect   cell    XB import XC 2026-Q1 7102.31 1200.00ct
expect   no cell XC export XB 2026-Q1 7102.31
expect   certificates 1 received by XB in 2026-Q1
expect   no finding
expect   refusal advise XC-000123 at XB 1300.00ct 420000usd issued-on 2026-02-01 certificate_on_file

# less comes than was told, under another seal
advise   XC-000124 at XB 500.00ct 90000usd issued-on 2026-02-08 seal 88-2  on 2026-02-09
arrive   XC-000124 at XB 430.00ct seal 88-9                              on 2026-02-11
expect   discrepancy SEAL_MISMATCH of XC-000124 at XB
expect   discrepancy CARAT_DIFF of XC-000124 at XB
expect   refusal confirm XC-000124 at XB                                 seals_differ
difference XC-000124 at XB "70.00 ct less, and another seal; XC was asked"
expect   state   XC-000124 confirmed_with_difference

# nobody told: recorded, not confirmed, asked about; told late, it can be answered
arrive   XC-000125 at XB 80.00ct                                         on 2026-02-16
expect   discrepancy NO_PREADVICE of XC-000125 at XB
expect   finding presented_without_departure XC XC-000125
expect   refusal confirm XC-000125 at XB                                 number_never_issued
advise   XC-000125 at XB 80.00ct 9000usd issued-on 2026-02-10 left-on 2026-02-12 on 2026-02-17
expect   state   XC-000125 arrived
confirm  XC-000125 at XB
expect   cell    XB import XC 2026-Q1 7102.31 1710.00ct

# XA has its register here: what it did not issue was not issued
expect   refusal advise XA-000777 at XB 100.00ct 20000usd issued-on 2026-02-10 issuer_registers_itself

# told, and never seen: the importing side is asked as for any departure
advise   XC-000126 at XB 60.00ct 7000usd issued-on 2026-02-20            on 2026-02-20
day      2026-04-10
expect   finding unconfirmed_after_due XB XC-000126
