title   "L46 a participant sends no return, and somebody notices"
why     "One participant was silent for more than a year and a half, and nothing happened by itself. Silence has a date here, and it rises: reminded, overdue, told to the Chair, named."
exposes L46

participants XA XB as usual                                              on 2026-01-05
calendar begins 2026-01-01 decision "WGS 2026/1, item 2"

# a nil return is a return, and in time
declare  XA exports 2026-Q1                                              on 2026-05-02
expect   return XA exports 2026-Q1 in-time

attack   "XB says nothing at all"
day      2026-05-16
expect   return XB exports 2026-Q1 open
day      2026-05-17
expect   return XB exports 2026-Q1 open step reminded
day      2026-06-01
expect   return XB exports 2026-Q1 missing step overdue
day      2026-07-15
expect   return XB exports 2026-Q1 missing step reported_to_chair
day      2026-08-29
expect   return XB exports 2026-Q1 missing step named
expect   return XB production 2026-H1 open step reminded

# what comes at last is late for good
declare  XB exports 2026-Q1 figures "XA 7102.31 12.00 3450.55" because "found in a drawer"    on 2026-09-03
expect   return XB exports 2026-Q1 late step named
expect   refusal declare XB exports 2026-Q2 figures "XB 7102.31 12.00 3450.55"   return_blocked
