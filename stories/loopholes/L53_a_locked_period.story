title   "L53 figures that two have approved are changed without a word"
why     "Figures that a plenary decided upon are not theirs to change who sent them. Two officers close a period; to restate, it is opened first, and everybody reads why."
closes  L53

participants XA as usual                                                 on 2026-01-05
officer  wgs-second of scheme as statistics named "Second reader"
declare  XA stocks 2025 figures "7102.31 500.00 61234.00"                on 2026-02-01
approve-period stocks 2025                                               on 2026-07-01
expect   refusal approve-period stocks 2025   approved_by_you_already
approve-period stocks 2025 by wgs-second

attack   "XA restates what was approved"
expect   refusal declare XA stocks 2025 figures "7102.31 900.00 101234.00" because "a slip"   period_locked
open-period stocks 2025 because "XA asked on 2 July to correct a slip"   on 2026-07-03
declare  XA stocks 2025 figures "7102.31 900.00 101234.00" because "a slip"
