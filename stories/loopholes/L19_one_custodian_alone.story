title    "L19 one custodian alone makes a key that signs certificates"
why      "Whoever can bring a document key into the world alone can issue any certificate alone (docs/loopholes.md, L19). A key counts when a second custodian has witnessed its ceremony, and a stolen key is believed up to a place in the log and no further."
closes   L19

participants XA as usual                                                 on 2026-01-05
officer  xa-custodian of XA as custodian
officer  xa-custodian-2 of XA as custodian
officer  scheme-monitoring of scheme as monitoring
document key first of XA from 2026-02-01 until 2027-01-31                on 2026-01-20
witness  key first of XA
expect   no signing key of XA
day      2026-02-01
expect   signing key of XA is first

attack   "a custodian makes a second key in the night"                   on 2026-03-02
expect   refusal officer xa-approver-2 of XA as approver custodian       roles_incompatible
document key night of XA from 2026-03-02 until 2027-03-01
expect   refusal witness key night of XA by xa-custodian                 witness_registered_the_key
witness  key night of XA by scheme-monitoring
expect   key night awaiting-witness
expect   signing key of XA is first
expect   refusal document key long of XA from 2026-03-02 until 2027-04-03   document_key_signs_too_long
expect   refusal document key old of XA from 2026-03-01 until 2027-02-28    document_key_starts_in_the_past

# the successor is known a month before; the first key is stolen, and one custodian says so at once
document key second of XA from 2027-01-01 until 2027-12-31               on 2026-12-01
witness  key second of XA
compromise key first of XA since 2026-12-24T18:00:00Z because "the safe was open after the holidays"   on 2026-12-28
expect   key first compromised
expect   no signing key of XA
expect   refusal retire key first of XA because "it is old"              document_key_compromised
expect   refusal compromise key first of XA since 2026-12-25 because "later"   compromise_reaches_no_further
day      2027-01-01
expect   signing key of XA is second
