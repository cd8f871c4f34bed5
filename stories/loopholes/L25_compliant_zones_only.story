title    "L25 approval for some zones, used for others"
why      "Goods from rebel zones have left under an approval that was given for others (docs/loopholes.md, L25). A conditional standing lets go what it names, and goods of which nobody says where they come from are not among them."
closes   L25

participants XC XB as usual                                              on 2026-01-05
officer  scheme-monitoring of scheme as monitoring
standing XC suspended from 2026-02-01 decision "Administrative decision 2026/1"   on 2026-01-31
standing XC conditional from 2026-03-01 decision "Administrative decision 2026/2" direction export conditions compliant-zones prior-approval post-audit   on 2026-02-25
standing XC open from 2026-03-01 decision "Administrative decision 2026/2" direction import
zone     XC/north-river compliant from 2026-03-10 decision "Monitoring team decision 4"   on 2026-03-08
apply    XC-A-1 from XC to XB 50.00ct 9000usd                            on 2026-03-11
draft    XC-000001 for XC-A-1

attack   "goods of which nobody says the zone are to leave under the approval of another"
expect   refusal issue XC-000001                                         zone_not_known
condition prior-approval met for XC-A-1 shown-by "Monitoring team letter 12"
expect   refusal issue XC-000001                                         zone_not_known
expect   refusal condition compliant-zones met for XC-A-1 shown-by "our word"     condition_follows_from_zones
expect   refusal condition prior-approval met for XC-A-2 shown-by "our word" by xc-clerk   officer_of_another_body

# imports were opened without conditions
issue    XB-000001 from XB to XC 10.00ct 1000usd

# the conditions are lifted zone by zone, and at last for all
standing XC conditional from 2026-06-01 decision "Administrative decision 2026/8" direction export conditions pictures   on 2026-06-01
expect   refusal issue XC-000001                                         condition_not_met
condition pictures met for XC-A-1 shown-by "SHA-256 of eleven pictures"
issue    XC-000001
expect   state XC-000001 issued
