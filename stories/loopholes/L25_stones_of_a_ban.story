title  "L25 stones of a ban are sold when it is over"
why    "Stones of the years of a ban were kept and sold as new ones when some zones were open again (docs/loopholes.md, L25). What is tested is the day of the find and of the sale, not the day of the export; and what an audit clears is a list with an end."
closes L25

participants XA XB as usual                                              on 2026-01-05
officer  scheme-monitoring of scheme as monitoring
standing XA suspended from 2026-02-01 decision "Administrative decision 2026/1"   on 2026-02-01
standing XA open from 2026-05-01 decision "Administrative decision 2026/4"        on 2026-04-20
parcel   XA-P-1 held-by XA-EXP-1 from "purchase SLIP-1 zone XA/green found 2026-05-02 bought 2026-05-03 carats 20.00"   on 2026-05-10
parcel   XA-P-2 held-by XA-EXP-1 from "purchase SLIP-2 zone XA/green found 2026-03-10 bought 2026-05-03 carats 20.00"

attack   "a stone found during the ban is sold from a green zone afterwards"
expect   refusal apply XA-A-1 from XA to XB 20.00ct 9000usd of-parcels XA-P-2   stones_under_measure
expect   refusal mix XA-P-1 XA-P-2 into XA-P-3                           share_under_measure
apply    XA-A-1 from XA to XB 20.00ct 9000usd of-parcels XA-P-1

# an audit clears what is on its list, and no land audits itself
expect   refusal parcel XA-P-4 held-by XA-EXP-1 from "find XA-ART-1 zone XA/green found 2026-03-10 carats 15.00 audit XA-AUD-1"   no_such_audit
expect   refusal audit XA-AUD-1 of XA 20.00ct by xa-admin                officer_of_another_body
audit    XA-AUD-1 of XA 20.00ct
parcel   XA-P-4 held-by XA-EXP-1 from "find XA-ART-1 zone XA/green found 2026-03-10 carats 15.00 audit XA-AUD-1"
expect   refusal parcel XA-P-5 held-by XA-EXP-1 from "find XA-ART-1 zone XA/green found 2026-03-11 carats 15.00 audit XA-AUD-1"   audit_exceeded
apply    XA-A-2 from XA to XB 15.00ct 6000usd of-parcels XA-P-4
