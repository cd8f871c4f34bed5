title "A case is answered late, asked again, and closed"
why   "A late answer is taken and marked late. The party questioned never closes its own case, and a case without an answer is never closed as explained."

participants XA XB as usual                                              on 2026-01-05

open     case asking XA "Stock" "What lay in stock on 31 December 2025, by class?"   on 2026-02-02
expect   case open asked XA answer-due 2026-03-04 number C-2026-0001 level query
expect   refusal close C-2026-0001 as explained because "trust us"       case_not_answered
day      2026-03-04
expect   case open asked XA level query
day      2026-03-05
expect   case open asked XA level answer_owed
answer   C-2026-0001 "31,000.00 ct, all of class 7102.31"                on 2026-03-20
expect   case answered asked XA answer-due 2026-03-04
expect   step answered of C-2026-0001 on 2026-03-20 came late
expect   refusal close C-2026-0001 as explained because "we say so" by xa-focal   asked_party_may_not_close
ask      C-2026-0001 "Please send the inventory." answer-due 2026-04-20  on 2026-03-23
expect   case open asked XA answer-due 2026-04-20 level query
answer   C-2026-0001 "The inventory of 31 December is attached."         on 2026-04-02
expect   step answered of C-2026-0001 on 2026-04-02 came in-time
close    C-2026-0001 as explained because "the inventory covers it"      on 2026-04-03
expect   case closed asked XA outcome explained
expect   refusal answer C-2026-0001 "one more thing"                     case_closed
expect   statements 5 about C-2026-0001
