title   "L27 a shipment leaves and never arrives"
why     "The reason why confirmations exist. Silence is a fact with a date: at fifteen days the importing authority is asked, at thirty an answer is owed, at sixty all participants see it, at ninety everybody."
exposes L27

participants XA XB as usual                                              on 2026-01-05

# one that is confirmed in time stays silent
issue    XA-000001 from XA to XB 800.00ct 160000usd                      on 2026-02-03
issue    XA-000002 from XA to XB 900.00ct 180000usd
depart   XA-000001
arrive   XA-000001 at XB 800.00ct                                        on 2026-02-06
confirm  XA-000001 at XB

attack   "the shipment leaves for XB, is sold elsewhere, and everybody keeps silent"
depart   XA-000002                                                       on 2026-02-06
day      2026-02-20
expect   no finding
day      2026-02-21
expect   finding unconfirmed_after_due XB XA-000002
expect   case open asked XB answer-due 2026-03-07 about unconfirmed_after_due level query
day      2026-03-07
expect   case open asked XB level query
day      2026-03-08
expect   case open asked XB level answer_owed
day      2026-04-06
expect   case open asked XB level answer_owed
expect   refusal close C-2026-0001 as explained because "nobody answered"   case_not_answered
# one word from the importing authority is an answer, and no confirmation: the days go on
answer   C-2026-0001 "soon" by xb-focal
day      2026-04-07
expect   case answered asked XB level visible
day      2026-05-06
expect   case answered asked XB level visible
day      2026-05-07
expect   case answered asked XB level public
expect   step escalated of C-2026-0001 on 2026-05-07
expect   state XA-000002 departed
expect   refusal close C-2026-0001 as explained because "lost in transit" by xb-focal   asked_party_may_not_close
expect   no finding about XA
