title   "A confirmation comes on paper, and another is late"
why     "Some importing authorities have no desk here. Their letters are answers all the same; and how long one waits for them is a decision of the Working Group on Statistics, not of a programmer."

participants XA as usual                                                 on 2026-01-05
participant XF "Thirdland" member-from 2025-01-01 decision "Plenary 2024/3"
issue    XA-000001 from XA to XF 800.00ct 160000usd                      on 2026-02-03
issue    XA-000002 from XA to XF 900.00ct 180000usd
issue    XA-000003 from XA to XF 100.00ct 20000usd
depart   XA-000001
depart   XA-000002
depart   XA-000003

# as certified; a carat short; and what is not yet so
slip     XA-000001 from XF 800.00ct sent-by "import desk of XF, slip 76" came-on 2026-02-06   on 2026-02-08
expect   state XA-000001 confirmed
slip     XA-000002 from XF 890.00ct sent-by "import desk of XF, slip 77"
expect   state XA-000002 confirmed_with_difference
expect   refusal slip XA-000001 from XF 800.00ct sent-by "the same again"   number_already_used
expect   refusal slip XA-000001 from XF 799.00ct sent-by "otherwise"   number_already_used
expect   refusal slip XA-000003 from XF 0.00ct sent-by "nothing came"   confirmation_of_nothing
expect   refusal slip XA-000003 from XA 100.00ct sent-by "our own customs"   exporter_answers_itself
expect   refusal slip XA-000009 from XF 800.00ct sent-by "a slip"   number_never_issued
expect   refusal slip XA-000003 from XF 100.00ct sent-by "a slip" came-on 2026-02-01   arrival_before_departure

# the working group asks sooner than the days that come with the software
ageing   10 20 40 80 decision "WGS 2026/2, item 4"                       on 2026-02-09
day      2026-02-12
expect   no finding
day      2026-02-13
expect   finding unconfirmed_after_due XF XA-000003
expect   case open asked XF answer-due 2026-02-22 about unconfirmed_after_due level query
day      2026-02-23
expect   case open asked XF level answer_owed
day      2026-03-14
expect   case open asked XF level answer_owed
day      2026-03-15
expect   case open asked XF level visible

# the letter comes: nothing rises any more, and the case can be closed without another answer
slip     XA-000003 from XF 100.00ct sent-by "import desk of XF, letter 12" came-on 2026-02-09
expect   state XA-000003 confirmed
day      2026-06-01
expect   case open asked XF level visible
close    C-2026-0001 as explained because "confirmed by letter 12"
expect   case closed asked XF outcome explained
