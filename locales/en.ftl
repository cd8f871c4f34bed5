# Sentences for people, in English. The other languages have the same keys; a test compares.
# Dates are written 2026-02-03 everywhere: officers of every country read them alike.

## Words for the four states (rulings 20); each stands beside a colour and a shape of its own
state-green = GOOD
state-amber = ASK
state-grey = CANNOT SAY
state-red = STOP

## Verdicts: one sentence for each reason; the age of the trust data follows always
verdict-nothing-found = No code was found in this picture.
verdict-not-our-code = This is not a KP code; it belongs to something else.
verdict-receipt-alone = This is the second code, the receipt; it says nothing without the first.
verdict-newer-form = This KP code has the form { $form }, which is newer than this program.
verdict-damaged-code = This is a KP code, but it is damaged: some of its characters were lost or misread.
verdict-not-in-form = This code begins like a KP certificate, but what is inside is not one; no authority makes such codes.
verdict-number-unreadable = What was typed as the number is not a certificate number.
verdict-check-code-unreadable = What was typed as the check code is none, or has a slip in it.
verdict-no-trust-data = There are no lists on this device, so nothing can be said about this certificate.
verdict-issuer-unknown = { $issuer } is on no list of participants; nobody of that name issues certificates.
verdict-wrong-issuer = The certificate names { $issuer } as its issuer, but a key of { $signer } signed it.
verdict-key-for-other-use = The key that signed belongs to { $issuer }, but it is not one for certificates.
verdict-unknown-key = No list at hand names the key { $key } that is said to have signed for { $issuer }.
verdict-altered = Certificate { $number } was altered: it does not say what the authority signed.
verdict-paper-number-differs = The paper bears the number { $paper }, and its code is that of certificate { $number }.
verdict-paper-carats-differ = The paper says { $paper } ct, and for certificate { $number } the authority signed { $signed } ct.
verdict-paper-value-differs = The paper says { $paper } US$, and for certificate { $number } the authority signed { $signed } US$.
verdict-training = This is a practice certificate. No goods travel with it.
verdict-key-not-yet-valid = The key that signed was not in force before { $from }; this certificate is dated earlier.
verdict-key-out-of-use = The key that signed had gone out of use on { $until }; this certificate is dated later.
verdict-key-revoked-before = The key was revoked on { $noted } because others may hold it, and this certificate does not come from before.
verdict-key-revoked-unproven = The key was revoked on { $noted } because others may hold it, and nothing here proves that this certificate came before.
verdict-used = This number was used already: it was presented at { $place } on { $at }.
verdict-seen-here = This number was presented here before: at { $place } on { $at }.
verdict-counterfeit = A counterfeit with this number was reported on { $at }.
verdict-stolen = This certificate was reported stolen on { $at }.
verdict-lost = This certificate was reported lost on { $at }.
verdict-void = The issuing authority made this certificate void on { $at }.
verdict-replaced = This certificate was replaced by { $by } on { $at } and is no longer good.
verdict-returned-unused = This certificate was not used in time and was given back on { $at }.
verdict-detained = Goods and certificate were detained at { $place } on { $at }.
verdict-seized = The goods of this certificate were seized at { $place } on { $at }.
verdict-sent-back = The goods of this certificate were sent back from { $place } on { $at }.
verdict-blank-missing = The paper with this number has been missing since { $since } ({ $blank ->
    [lost] lost
    [stolen] stolen
    [spoiled] spoiled
   *[destroyed] destroyed
  }); nothing can have been issued on it.
verdict-outside-ranges = No office was ever allotted the number { $number } for that day.
verdict-never-issued = Number { $number } was never issued: the issuer's log, complete to { $complete }, does not have it.
verdict-another-registered = Another certificate is registered under the number { $number }; this one is not it.
verdict-check-code-of-another = The check code belongs to another certificate than number { $number }.
verdict-issuer-not-participant = { $issuer } did not belong to the scheme on { $on }.
verdict-issuer-suspended = Exports of { $issuer } were suspended when this was signed, since { $since } ({ $act }).
verdict-under-way-refused = Exports of { $issuer } have been suspended since { $since } ({ $act }); goods already under way are to be refused.
verdict-destination-barred = { $destination } could not receive rough diamonds when this was signed.
verdict-not-recognised = { $by } did not trade with { $of } when this was signed ({ $act }).
verdict-under-way-hold = Exports of { $issuer } have been suspended since { $since } ({ $act }); these goods were under way and are to be held until the authorities have spoken.
verdict-conditional = { $issuer } exports under a condition: { $scope } ({ $act }).
verdict-receipt-does-not-fit = The second code is not the receipt of this certificate.
verdict-receipt-unknown-log = No list at hand names the key of the log { $log } that the receipt is from.
verdict-clock-not-trusted = The clock of this device says { $clock }, but a list was made on { $newest }: the clock cannot be trusted.
verdict-not-yet-valid = This certificate is dated { $from }, which has not come yet.
verdict-expired = This certificate expired on { $at }.
verdict-trust-too-old = The lists on this device are { $days ->
    [one] one day
   *[other] { $days } days
  } old or have expired; with them nothing good can be said any more.
verdict-issued-after-list = The certificate is signed as it should be, but after the list of certificates was made ({ $complete }).
verdict-no-status-list = The certificate is signed as it should be, but there is no list of the certificates of { $issuer } on this device.
verdict-receipt-missing = The certificate is signed as it should be, but the second code, the receipt, was not read.
verdict-receipt-damaged = The certificate is signed as it should be, but the second code, the receipt, is damaged.
verdict-trust-old = The certificate is signed as it should be, but the lists on this device are { $days ->
    [one] one day
   *[other] { $days } days
  } old.
verdict-number-not-listed = Number { $number } is not in the lists on this device; it may have been issued since they were made.
verdict-only-number-checked = Number { $number } and its check code belong together and are registered; what the certificate says was not seen.
verdict-technical = This is a technical certificate, for { $purpose ->
    [seized] seized goods
    [research] research
   *[return] goods sent back
  }; it is no certificate for a sale.
verdict-single-officer = One officer alone signed this certificate, in an emergency that the law of its issuer provides for.
verdict-key-revoked-after = The certificate is good: its key was revoked later, on { $noted }, and the log proves that it was signed before.
verdict-good = The certificate is good: it says what the authority signed and stands in the issuer's log.

## The age of the trust data, always said
age-none = Trust data: none on this device.
age-known = Trust data of { $as_of }, { $days ->
    [0] less than a day old
    [one] one day old
   *[other] { $days } days old
  }.
age-untold = Trust data of { $as_of }; how old that is cannot be told by this clock.

## Where the key lives
key-token = Signed with a key in a security token.
key-software = Signed with a key in a computer file, not in a token.

## What to do next
next-compare = Compare what is shown with the paper, the seals and the scales; then go on.
next-compare-and-ask = Compare what is shown with the paper, the seals and the scales, and ask the issuing authority before release.
next-scan-first = Scan the first code as well.
next-scan-again = Scan the code again, flat and in good light, or type number and check code.
next-type-again = Read it from the paper once more and type it again.
next-update-lists = Get newer lists, by network or memory stick, and verify again; or ask the issuing authority.
next-update-program = Get the newer program from your authority.
next-set-clock = Put the clock of this device right and verify again.
next-hold = Hold goods and paper, and tell your authority, which asks the issuing authority. Do not give the paper back.
next-practice = Nothing is to be done: it is for practice.

fact-number = Number
fact-carats = Carats
fact-value = Value, US$
fact-parcels = Parcels
fact-seals = Seals
fact-from = From
fact-to = To
fact-origin = Origin
fact-exporter = Exporter
fact-importer = Importer
fact-validated = Validated
fact-leaves-before = Leaves before
fact-class = Class
fact-technical = Technical
fact-check-code = Check code
fact-form = Paper form
fact-picture = Picture
origin-mixed = mixed (**)
purpose-seized = seized goods
purpose-research = research
purpose-return = goods sent back

verify-title = Verify a certificate
verify-lead = Scan both codes, take a picture of the paper, or type its number and check code. No account is needed.
verify-codes = What the scanner reads
verify-codes-help = Put the cursor here and scan the left code, then the right one; or paste the codes.
verify-file = Pictures or PDF
verify-file-help = Photographs, scans or PDF files, several at a time, 24 MB in all.
verify-typed = Number and check code
verify-typed-help = Where nothing can be scanned. This says whether the two belong together, not what the certificate says.
verify-button = Verify
verify-again = Verify another
verify-signed = What the authority signed
verify-on-file = On file here
verify-nothing-kept = Nothing that is verified here is kept.
verify-paper-carats = Carats on the paper
verify-paper-carats-help = Optional, for one certificate: what you read on the paper is compared with what was signed.

pre-advice-subject = Kimberley Process pre-advice: certificate { $number }, { $carats } ct
pre-advice-lead = The shipment described below has left. Please confirm its arrival, or tell us what differs.
pre-advice-codes = The certificate and its receipt, for verification without a network:
fact-issued = Issued
fact-left = Left on
