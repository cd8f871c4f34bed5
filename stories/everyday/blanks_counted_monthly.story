title "Blank paper is counted every month"
why   "A box of numbered blanks goes from the printer to the desk that drafts, every hand signs for it, spoilt sheets are destroyed before two persons, and a count says which numbers are there."

participants XA XB as usual                                              on 2026-01-05
officer  xa-store of XA as storekeeper
officer  xa-keeper of XA as storekeeper
rule     XA blank-stock is yes from 2026-01-01 decision "Diamond Act, s. 9"

blanks   XA-000001..XA-000050 printed
expect   refusal blanks XA-000050..XA-000060 printed                     blanks_printed_already
apply    XA-A-1 from XA to XB 90.00ct 18000usd                           on 2026-01-06
expect   refusal draft XA-000001 for XA-A-1                              blank_not_held
blanks   XA-000001..XA-000050 received
blanks   XA-000001..XA-000040 handed-over to capital
expect   refusal blanks XA-000001..XA-000040 accepted by xa-store        blank_elsewhere
blanks   XA-000001..XA-000040 accepted
draft    XA-000001 for XA-A-1
expect   state   XA-000001 drafted
blanks   XA-000002 spoiled because "the printer jammed"                  on 2026-01-20
blanks   XA-000002 condemned
expect   refusal blanks XA-000002 destroyed by xa-store                  blank_elsewhere
blanks   XA-000002 destroyed

# 38 are held and 10 lie in the store
count    blanks of XA finding XA-000003..XA-000050                       on 2026-01-30
expect   no finding
count    blanks of XA finding XA-000003..XA-000050                       on 2026-02-27
day      2026-03-02
expect   no finding

# in March nobody counts
day      2026-04-01
expect   finding blanks_not_counted XA 2026
expect   case open asked XA about blanks_not_counted
