title  "L34 a correction rewrites history"
why    "India needed a rule for small corrections in 2020 (docs/loopholes.md, L34). Only what is plainly a slip is corrected, as the issuer instructs and the importing authority accepts; weight, value, class, origin and parties never. What was signed stays as it was signed."
closes L34

participants XA XB as usual                                              on 2026-02-02
issue    XA-000001 from XA to XB 100.00ct 20000usd                       on 2026-02-03
expect   refusal correct XA-000001 importer-name to "Harbour Gem" because "a letter too many"   correct_before_departure
depart   XA-000001
arrive   XA-000001 at XB 100.00ct                                        on 2026-02-05
confirm  XA-000001 at XB

attack   "a hundred carats become a thousand, by a correction"           on 2026-02-10
expect   refusal correct XA-000001 carats to "1000.00" because "a zero was left out"            amounts_are_not_corrected
expect   refusal correct XA-000001 value to "200000.00" because "a zero was left out"           amounts_are_not_corrected
expect   refusal correct XA-000001 class to "7102.21" because "the wrong line"                  not_correctable
expect   refusal correct XA-000001 origin to "XB" because "mistyped"                            not_correctable
expect   refusal correct XA-000001 importer-name to "River Stones" because "mistyped"           another_party
expect   refusal accept XA-000001 remarks at XB                          no_correction_instructed

# what is plainly a slip: both sides sign, and the certificate stays as it was
correct  XA-000001 importer-name to "Harbour Gem" because "the register has it without the s"
expect   refusal correct XA-000001 importer-name to "Harbour Gemss" because "or so"             correction_open
expect   refusal accept XA-000001 importer-name at XB by xb-customs      role_missing
accept   XA-000001 importer-name at XB
expect   corrected XA-000001 importer-name to "Harbour Gem"
expect   state XA-000001 confirmed
expect   cell XB import XA 2026-Q1 7102.31 100.00ct
expect   refusal correct XA-000001 importer-name to "Harbour Gem" because "again"               nothing_changes
expect   verify clean
