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
verify-address = This is a web address and no code of a certificate. No address is opened here: anybody can print one. Scan the two codes on the paper, or type its number and check code below.
verify-address-number = This is a web address and no code of a certificate. No address is opened here: anybody can print one. The number in it, { $number }, was put below: type the check code from the paper beside it, or scan the two codes.
verify-button = Verify
verify-again = Verify another
verify-signed = What the authority signed
verify-on-file = On file here
verify-nothing-kept = Nothing that is verified here is kept.
verify-no-picture = There is no picture of this paper here.
verify-paper-carats = Carats on the paper
verify-paper-carats-help = Optional, for one certificate: what you read on the paper is compared with what was signed.

## The verifier that a phone keeps, without a network (/verifier)
offline-title = Verify without a network
offline-no-script = This verifier needs JavaScript. Where there is a network, the node verifies without it:
offline-needs-https = This page can only verify when it is opened over HTTPS. Ask for the address that begins with https.
offline-open = Verify on a phone, without a network
offline-open-help = Open this page once where there is a network; afterwards it verifies without one.
offline-update = Get newer lists
offline-fetching = Asking for newer lists ...
offline-lists-new = Newer lists were taken.
offline-lists-same = There are no newer lists.
offline-lists-none = This node has no lists to give.
offline-lists-unreachable = No network: the lists on this device are used.
offline-lists-refused = The lists were not taken: { $why }
offline-fault-not-in-form = this is not a file of lists, or it was damaged on its way. Get it again.
offline-fault-list = a list in it is damaged or was signed by somebody who may not. Get the file from somewhere else, and tell the secretariat.
offline-fault-below-threshold = too few of those who must have signed it. Get the file from somewhere else, and tell the secretariat.
offline-fault-mixed = lists of different days are mixed in it. Ask for a complete file.
offline-fault-incomplete = a list is missing in it. Ask for a complete file.
offline-fault-stranger = there is a list in it of somebody who is on no list of participants. Tell the secretariat.
offline-fault-older = they are older than those on this device.
offline-fault-two-of-one-version = there are two different lists with one version number. Tell the secretariat.
offline-fault-expired = they have expired. Ask for newer ones, or put the clock right.
offline-fault-no-roots = this device does not yet know whose signatures count. Open this page once where there is a network.
offline-camera = Read with the camera
offline-camera-stop = Stop the camera
offline-no-camera = The camera cannot be used. Allow it in the browser's settings, take a picture instead, or type the number.
offline-no-reader = What reads codes from pictures could not be fetched. Use a scanner, or type the number; where there is a network, open this page again.
offline-no-language = The sentences of this language are not on this device yet. Choose it once where there is a network.
offline-aim-first = Hold the left code before the camera, then the right one.
offline-aim-second = One code was read. Now the other one.
offline-photo = Picture of the paper
offline-photo-help = A photograph or scan with both codes, flat and sharp. It stays on this device.
offline-reading = Looking for codes in the picture ...
offline-no-picture = This file is no picture that can be read here. Take a photograph, or use the page of a node for PDF files.
offline-not-carats = These are no carats; write for example 1200.00
offline-issued-on = Day of issue on the paper, optional
offline-clear = Clear, next paper
offline-nothing-kept = What is verified here stays on this device only as long as it is shown. Nothing is sent and nothing is kept.
offline-device = This device
offline-kept = This page is kept on the device and opens without a network.
offline-install = Put on the home screen
offline-lists-file = Take lists from a file
offline-roots = Whose signatures count
offline-roots-none = This device does not yet know whose signatures count.
offline-roots-threshold = Lists count when { $threshold } of these { $keys } keys have signed:
offline-roots-compare = They were taken when this page was first opened. Compare them with what your authority gives out by another way.
offline-roots-differ = The node now names other root keys than this device took at first. Keep the old ones unless your authority says, by another way, that the keys were changed.
offline-pin = My authority says so: take the new keys
verify-no-lists = This node has no lists to give.

pre-advice-subject = Kimberley Process pre-advice: certificate { $number }, { $carats } ct
pre-advice-lead = The shipment described below has left. Please confirm its arrival, or tell us what differs.
pre-advice-codes = The certificate and its receipt, for verification without a network:
fact-issued = Issued
fact-left = Left on

## The frame around every page
menu-desk = Desk
menu-certificates = Certificates
menu-verify = Verify
menu-participants = Participants
menu-findings = Findings
menu-cases = Cases
menu-statistics = Statistics
menu-log = Log
frame-skip = Skip to content
frame-demo = <b>DEMO</b> Participants XA to XZ are invented, and anybody here may act as any of their officers.
frame-menu = Main
frame-act-as = Act as
frame-nobody = nobody, only look
frame-scheme = Scheme
frame-switch = Switch
frame-who = { $roles } of { $body }
frame-lock = Lock
frame-fault = <b>Nothing can be done at this node until this is settled.</b> The log is not as it was written: { $fault }. <a>To the log</a>
frame-api = API
frame-style = Style
frame-question = What a finding says is a question, never a verdict.
frame-account = Account
frame-sign-out = Sign out
frame-locked = Locked: enter the PIN
frame-sign-in = Sign in
menu-accounts = Accounts
menu-trail = Trail
frame-not-in-force = You are signed in, but your key is not in force in the registry: your administrator has not named you with it yet, or has withdrawn it. Until then you see what everybody sees.
frame-recovery-title = Somebody says that you cannot sign in any more
frame-recovery = { $who } started a recovery of your account on { $at }. If you did not ask for it in person, stop it now and tell your administrator and your auditor.
frame-stop-recovery = Stop the recovery

## Words that many pages share
in-all = In all
all-of-them = all
show-button = Show
show-all = All
none = None.
none-seen = None that you may see.
carats = Carats
choose-one = choose

## The desk
desk-of = Desk of { $name }
desk-no-officer = This node has no officer yet. Its keeper founds it once, on this machine, with the <code>kpcs</code> command.
desk-no-participants = No participant is admitted yet. The secretariat begins: <a>admit a participant</a>.
desk-queues = Work queues
desk-yours = yours
desk-nothing-waits = Nothing waits.
acts-title = All acts
desk-latest-findings = Latest findings
desk-no-findings = None from certificates and shipments that you may see.
desk-all-findings = All findings
desk-log-health = Health of the log
desk-entries = { $count ->
    [one] 1 entry
   *[other] { $count } entries
  }
desk-logs = { $count ->
    [one] in 1 log.
   *[other] in { $count } logs.
  }
desk-heads-agree = The heads agree with the copy kept outside the database.
desk-to-log = Heads, proofs and a full verification
queue-applications = Applications to draft
queue-drafted = Drafts to issue
queue-issued = Issued, to seal and validate
queue-validated = Validated, to depart
queue-departed = Departed, expected here
queue-arrived = Arrived, to confirm
queue-cases-open = Cases to answer
queue-cases-answered = Answered, to close
desk-application-note = to { $to }, { $carats } ct, taken on { $day }
desk-certificate-note = { $from } to { $to }, { $carats } ct, since { $day }
desk-for-everybody = What everybody may know stands under <a>Participants</a>, <a>Statistics</a> and <a>Log</a>. Officers <a>sign in</a> to their desk.

## Forms of acts
form-rule = Rule:
form-passphrase-again = Passphrase again
form-passphrase = Passphrase
reference-label = Reference:
form-nobody = Nobody is at the desk.
form-choose-who = Choose who acts:
form-open-key-first = an act is signed with your key. To keep what is typed here, sign in in another tab and come back.
form-another-tab = Open it in another tab
form-role-missing = This is an act of the role { $role }, which you do not hold. It would be refused.
form-one-or-more = one or more
form-optional = optional
form-for-example = For example
form-not-said = not said
form-class = Class
form-kind = Kind
form-add-line = Add a line
form-officers-key = The officer's key
form-demo-key = A key is made here under the demonstration's passphrase.
form-key-help = A key is made at this node under a passphrase that only its officer knows; let the officer type it. A key made on another device brings its public half instead.
form-new-passphrase = Passphrase of the new key
form-same-again = The same again
form-key-elsewhere = The key was made on another device
form-public-key = Public key
form-public-key-help = Public half, 66 hexadecimal digits.
back-to-desk = Back to the desk
form-signed-with = It will be signed with the key of { $name } ({ $id }) and recorded in the log for good; an entry is never changed or removed.
form-signed = An act is signed and recorded in the log for good.
form-about = What it is about
form-out-of-turn = Certificate { $number } is in the state “{ $state }”, and this act is not done in that state. It would be refused.
acts-lead = Every act is one statement, signed by an officer and kept in the log. Each can also be done by a program: see <a>the API</a>.
acts-act = Act
acts-who = Who may
acts-api-name = Name in the API
form-kept = This is what you typed before. Nothing was sent yet.

## Receipts: what was recorded
receipt-recorded = Recorded, signed and durable: entry { $entry } of the log { $log }.
receipt-about = About
receipt-about-return = return { $which }
receipt-about-period = period { $which }
receipt-about-file = file { $which }
receipt-about-confirmations = confirmations { $which }
receipt-when = When
receipt-signed-by = Signed by
receipt-key = Key
receipt-hash = Statement, SHA-256
receipt-proof = Proof
receipt-proof-link = that it is in the log
receipt-next = What can be done next
receipt-by-node = the node ({ $node })

## Cases
case-state = State
cases-none = None. A case opens by itself when a finding over certificates comes up, or the statistics officer <a>opens one</a>.
case = Case
case-matter = Matter
case-asked = Asked
case-answer-due = Answer due
case-asked-of = asked:
case-followed-by = followed by { $who }
case-opened = Opened
case-answered = Answered
case-closed = Closed
finding = Finding
finding-found-on = found on { $day }
finding-must-contain = What an answer must contain
case-what-was-said = What was said
case-late = late
case-title = Case { $number }
case-closed-on = closed on { $day }
case-answered-on = answered on { $day }
case-due-today = due today
case-days-left = { $count ->
    [one] 1 day left
   *[other] { $count } days left
  }
case-days-overdue = { $count ->
    [one] 1 day overdue
   *[other] { $count } days overdue
  }
case-level-query = a question was put
case-level-answer_owed = an answer is owed
case-level-visible = not settled, visible to all participants
case-level-public = not settled, public

## Certificates
certificate-find = Find
confirmations-title = Confirmations from outside
certificates-none = No certificate has been drafted yet. It begins with <a>an application</a>.
certificates-no-more = No further certificates.
certificate-number = Number
certificate-state = State
certificate-from-to = From, to
certificate-drafted = Drafted
certificate-departed = Departed
certificate-way = { $from } to { $to }
certificates-first = From the beginning
certificates-further = Further numbers
certificate-title = Certificate { $number }
application-title = Application { $reference }
certificate-life = Its life
certificate-step-done = done
certificate-question-open = A question is open about this number:
certificate-content = What it says
certificate-exporter = Exporter
certificate-importer = Importer
certificate-from = From
certificate-to = To
certificate-origin = Origin
certificate-parcels = Parcels
certificate-seals = Seals
certificate-may-leave-until = May leave until
certificate-declared-by = Declared free of conflict by
certificate-application = Application
certificate-arrivals = Arrivals
certificate-on = On
certificate-at = At
certificate-weighed = Carats weighed
certificate-recorded-by = Recorded by
certificate-papers = Papers
certificate-timeline = Who did what
certificate-not-sealed = not sealed yet
certificate-not-issued = not issued yet
certificate-no-arrival = Nobody has recorded this number arriving.
certificate-arrival-elsewhere = It was presented elsewhere; the answer came from outside.
certificate-seals-broken = not intact
certificate-seals-intact = intact
certificate-confirmed-by = by { $who } of { $at } on { $day }: { $carats } ct.
certificate-confirmed-outside = from { $at }, which signs nothing here: { $place }, sent by { $sender }, received on { $day }: { $carats } ct.
certificate-sheet = The certificate, PDF
certificate-reprint = Reprint { $copy }, PDF
certificate-printed = printed { $at } by { $who }
certificate-slip = Confirmation slip, PDF
certificate-print = Print the certificate
certificate-print-again = Print again
certificate-entry = entry { $entry } of { $log }
certificate-expired = { $day }: expired, the goods may not leave under it
certificate-drafted-by = Drafted by
step-drafted = Drafted
step-issued = Issued
step-validated = Validated
step-departed = Departed
step-arrived = Arrived
step-confirmed = Confirmed
certificate-pre-advice = Pre-advice to { $to }
certificate-pre-advice-help = the message to its importing authority

## Confirmations from outside
confirmations-lead = What importing authorities that do not sign here have sent: lists, messages and slips, in one queue. A row is matched to its certificate by number; one that cannot be says what is to be done. Whoever has officers here confirms with its own signature; what others say for it is noted and no answer.
confirmations-take-list = Take a list in
confirmations-whose = Whose certificates
confirmations-who = Who confirms, where a row does not say
confirmations-sender = Who sent it, and when
confirmations-message = The message, or rows copied out of a spreadsheet
confirmations-example = Certificate no. / Carats / Date of arrival
confirmations-take = Take in
confirmations-files = Files (.csv, .xlsx, .ods): <code>kpcs confirmations load</code>, or <code>POST /api/confirmations</code>. A single slip: <a>record a confirmation</a>.
confirmations-open-key = <a>Open an officer's key</a> with the role clerk to take a list in. A single slip: <a>record a confirmation</a>.
confirmations-of = Whose
confirmations-none = Nothing is here.
confirmations-row = Row
confirmations-certificate = Certificate
confirmations-arrived = Arrived
confirmations-says = What it says
confirmations-mend = mend
confirmations-drop = drop
confirmations-passed-over = Taken in; these lines were passed over
confirmations-passed-over-why = They hold neither a certificate's number nor a weight. If one says something about a shipment, record it by hand.
confirmations-sheet = Sheet
confirmations-line = Line

## Participants
participants-none = None is admitted at this node. The secretariat can <a>admit one</a>. Participants whose returns were loaded stand under <a>Statistics</a>.
participant = Participant
participant-standing = Standing
participant-member-from = Member from
participant-admitted-by = Admitted by
participant-open-cases = Open cases
participant-may-trade = May trade
participant-may-trade-conditionally = May trade under conditions
participant-trade-differs = Export and import stand differently
participant-may-not-trade = { $standing }: may not trade
participant-since = Participant since { $day }
statistics-production = Production
participant-trade = Trade
participant-admitted = Admitted
participant-findings-and-cases = Findings and cases
participant-officers = Authorities and officers
participant-officer = Officer
participant-id = Id
participant-roles = Roles
participant-exporters = Licensed exporters
participant-holder = Holder
participant-licence = Licence
participant-in-force = In force
participant-capacity = Capacity
participant-from = from { $day }
participant-only-export = export only
participant-only-import = import only
participant-under-way = goods under way: { $what }
participant-change-standing = Change its standing
participant-no-findings = None from certificates that you may see. Questions about its returns stand under:
participant-figures-table = The figures as a table, and what is asked about them
participant-none-drafted = None drafted.
participant-all-from-here = All from here on
participant-no-authority = No authority is named.
participant-name-one = Name one
participant-no-officer = No officer is named.
participant-name-officer = Name an officer
participant-from-to = { $from } to { $to }
participant-not-today = not today
participant-license-exporter = License an exporter
participant-no-estimate = No estimate on file.
participant-at-most = At most { $carats } ct a year from { $year }
participants-real = The history of the real participants, and their published figures, stand under <a>Statistics</a>.
participant-staff-hidden = Its officers are shown to its own officers.
participant-traders-hidden = Shown to its own officers.

## Findings
findings-lead = Each is a question with its arithmetic. None is a verdict, and every threshold is ours.
findings-some = Shown are those that you may see. A question is public once it has stayed unanswered; before that the participant asked and those who follow it see it.
finding-how-soon = How soon to ask
findings-of-register = From certificates and shipments
findings-how-soon = How soon
findings-seen = What was seen
findings-found = Found
findings-place = Place
findings-of-returns = From production returns
findings-order = In the order in which we would ask.
finding-place = place { $place } in the list
finding-all-figures = All figures of { $name }
finding-arithmetic = The arithmetic
finding-what = What
finding-from = From
finding-gives = Gives
finding-thresholds = Thresholds
finding-why = Why it stands where it stands
finding-explains = What would explain it
finding-evidence = Evidence
finding-stands-there = What stands there
finding-earlier = What it said before
finding-earlier-from = from
finding-earlier-said = the fact
finding-where = Where
finding-compared = { $asked }, compared with { $others }
severity-urgent = Urgent
severity-ask = Ask
severity-watch = Watch
severity-note = Note

## Statistics
statistics-world = World
statistics-calendar = Who reported
statistics-trade = Trade and certificates
statistics-known-on = As known on
statistics-known-on-day = As known on { $day }
statistics-today = Today
statistics-world-title = The world
production-none = No production return is on file as of { $day }. Returns are <a>submitted</a> by focal points or loaded from a file with the command.
production-lead = Carats of everyone who declared any, each on its own scale; halves that a finding asks about are red.
production-findings = { $count ->
    [one] 1 finding
   *[other] { $count } findings
  }
production-rows = { $count ->
    [one] from 1 declared row.
   *[other] from { $count } declared rows.
  }
production-findings-seen = { $count ->
    [one] 1 finding that you may see
   *[other] { $count } findings that you may see
  }
production-nothing-asked = nothing asked
production-not-shown = its questions are not public
production-never = Never declared production:
production-of = Production of { $name }
production-of-title = { $name }: production
production-all-about = All about { $name }
production-restated = Declared more than once
production-half = Half
production-recorded = Recorded
statistics-nothing = Nothing is on file here as of { $day }. Invented participants never enter the world.
trade-year = Year
trade-cells = Annex III cells
trade-cells-help = Exports are counted by departure, imports by arrival, each in its quarter. Beside them stands what the participant declared, where it did, and by how much that is more; what was declared and the register does not know stands here too.
trade-nothing = Nothing is counted or declared.
trade-flow = Flow
trade-partner = Partner
trade-quarter = Quarter
trade-shipments = Shipments
trade-declared = Declared carats
trade-declared-more = Declared more
trade-count = Count
trade-problems = What could not be counted
trade-certificates-help = Counted by validation where issued, by arrival where received.
trade-none = None is counted yet.
trade-entry-at = Entry at { $position }
statistics-returns = Returns
statistics-reconciliation = Reconciliation
returns-lead = What each participant owes of Annex III, and what came when. A nil return is a return. What is missing rises by itself: reminded two weeks before it is due, overdue the day after, reported to the Chair after 45 days, named after 90.
returns-only = Only { $participant }.
returns-everybody = Everybody
returns-nothing-due = Nothing is due. The Working Group on Statistics <a>begins the calendar</a>.
returns-punctual = How complete and how punctual
returns-due = Due
returns-came = Came
returns-in-time = In time
returns-days-late-in-all = Days late in all
returns-what-is-due = What is due
returns-table = Table
returns-period = Period
returns-due-on = Due on
returns-came-on = Came on
returns-days-late = Days late
returns-step = Step
returns-declared = What was declared, version by version
returns-known-since = Known since
returns-why = Why sent again, and what was forced
returns-nil = nil
returns-none = No return was declared here. <a>Declare a return</a>, or check a file first: <code>kpcs return check</code>.
returns-forced = { $rule } forced: { $reason }
reconciliation-lead = What left by the exporter's count against what arrived by the importer's, certificate by certificate. The parts of a gap add up to it, and each has its certificates.
reconciliation-all-classes = All classes together
reconciliation-by-class = By class
reconciliation-nothing = Nothing has left, or nothing that you may see.
reconciliation-sides = { $left } ct left, { $arrived } ct arrived.
reconciliation-explained = Every difference has its reason.
reconciliation-carats-agree = No carats are unexplained; the certificates below are a question all the same.
reconciliation-unexplained = { $carats } ct have no harmless reason.
reconciliation-part = Part
reconciliation-carats-more = Carats more
reconciliation-value-more = US$ more
reconciliation-and-more = and { $count } more
reconciliation-never-left = Presented, and never left by their issuers' books
reconciliation-tables = The public tables
reconciliation-tables-help = Production, imports, exports and certificate counts, as known on { $day }:
reconciliation-workbook = workbook
return-state-in-time = in time
return-state-late = late
return-state-open = open
return-state-missing = missing
return-step-reminded = reminded
return-step-overdue = overdue
return-step-reported_to_chair = reported to the Chair
return-step-named = named
gap-matched = matched
gap-within_tolerance = within tolerance
gap-class = class
gap-value = value
gap-weight = weight
gap-timing = timing
gap-under_way = under way
gap-missing_at_destination = missing at destination
gap-missing_at_origin = missing at origin
gap-used_twice = used twice

## The log
log-lead = Every act is one signed statement. Entries are never changed or removed; whoever tries is named by the verification.
log-as-written = The log is as it was written.
log-read = { $count ->
    [one] 1 entry was read: the signature, the hash, the place in the tree, the signed head, and the copy kept outside the database.
   *[other] { $count } entries were read: each statement’s signature, its hash, its place in the tree, the signed heads, and the copy kept outside the database.
  }
log-verify-now = Verify every entry now
log-command-line = On the command line:
log-heads = Heads
log-entries = Entries
log-signed-head = Signed head
log-checkpoint = Checkpoint
log-last-entries = Last entries
log-what = What
log-log-entry = Log, entry
log-none = There is no entry yet.
log-take-away = take away
log-none-to-read = None of the last entries is yours to read. Heads and proofs are for everybody.

## Opening a key
unlock-title = Open your key
unlock-none = No officer without an account has a key at this node. Who has an account <a>signs in</a>; the node’s keeper founds a new node with <code>kpcs init</code>.
unlock-officer = Officer
unlock-help = It opens the key for this browser only. The key leaves memory when you lock, after fifteen minutes without use, and when the program ends.
unlock-open = Open
unlock-back = Back
to-desk = To the desk

## The API and how everything looks
api-title = API
api-in-english = For programmers; this page and the description for machines are in English.
style-title = Style
style-in-english = For those who build pages: every part, shown once, in English.

## What goes wrong
problem-not-found-title = There is no such thing here
problem-address-not-read = "{ $typed }" cannot be read here.
problem-key-not-opened-title = The key was not opened
problem-key-not-opened = That passphrase does not open a key of that officer on this machine. Check both and try again; an officer's key lies only where it was made.
problem-no-officer-title = Nobody is at the desk
problem-no-officer = An act is signed with an officer's key, and none is open in this session. Sign in and try again; nothing was done.
problem-no-token = An act is signed with an officer's key, and none is open for this request: its token is missing, unknown or locked. Open a session with POST /api/session and send its token as `Authorization: Bearer TOKEN`; nothing was done.
problem-log-not-as-written = Nothing can be done at this node until its log is settled: { $fault }
problem-log-not-as-written-title = The log is not as it was written
problem-json-not-read-title = The body could not be read
problem-json-of-act = The body must be a JSON object of texts and lists of texts: { $error }.
problem-json-of-verify = Send an object with codes, or with number and check_code: { $error }.
problem-json-of-session = Send an object with the texts officer, passphrase and factor: { $error }.
problem-json-of-confirmations = The body must be a JSON object with participant, sent_by, and text or base64; from, came_by and name may be given: { $error }.
problem-not-base64 = not base64 ({ $error }); send the bytes of the file in base64, or its text as text
problem-text-or-base64 = Give the list either as text or as base64.
problem-fields-not-read-title = Some of what was typed could not be read
problem-field-not-read = One field could not be read; nothing was done.
problem-fields-not-read = { $count } fields could not be read; nothing was done.
problem-refused-title = The act was refused
problem-node-fault-title = The node could not answer
problem-node-fault = Something broke at this node. Whether an act was recorded shows in its timeline; nothing is ever half done. Quote the reference to the node's keeper.
problem-no-page-title = There is no such page
problem-no-page = Check the address, or start at the desk.
problem-method-not-allowed-title = Not that way
problem-method-not-allowed = This address is not used with this method; see /docs/api.
problem-too-large-title = Too much at once
problem-too-large = At most one megabyte is taken in one request.
problem-too-slow-title = The node took too long
problem-too-slow = It may still finish what was asked; look at the timeline before trying again.
problem-not-understood-title = The request was not understood
problem-not-understood = See /docs/api for how this address is used.
problem-foreign-host-title = Not this machine's name
problem-foreign-host = This machine was called by a name that is not its own. Open the address that kpcs printed.
problem-foreign-page-title = Not from our page
problem-foreign-page = The request came from another site's page. Nothing was done.
problem-foreign-call = Nothing was done.
problem-form-token-title = Please press again
problem-form-token = This page was opened in an earlier session. Nothing was done; look over what is shown and press the button again.
problem-not-json-title = Only JSON
problem-not-json = Send the body as application/json.
problem-no-proof = There is no entry "{ $entry }" in a log "{ $log }"; /api/log/heads lists the logs.
problem-no-participant = No participant { $code } is admitted at this node.
problem-no-participant-but-figures = No participant { $code } is admitted at this node; its figures may stand under Statistics.
problem-no-case = There is no case "{ $number }".
problem-no-certificate = No certificate { $number } is on file at this node, or none that you may see.
problem-presented-only = { $number } is not in the register here; it was presented here { $presented }.
problem-presented-item = at { $at } on { $day } with { $carats } ct
problem-no-print = No print { $copy } of { $number } is recorded; the act "Print a certificate" records one.
problem-no-slip = { $number } was not presented and confirmed at this node, so there is no slip.
problem-sheet-not-drawn-title = The sheet cannot be printed
problem-sheet-not-drawn = { $error }.
problem-no-return = No production return of { $code } is on file as of { $day }.
problem-no-finding = There is no such finding today, or none that you may see. A finding goes when the figures it was worked out from change.
problem-no-act = There is no act named "{ $name }"; /acts lists them.
problem-no-entry = The log has no entry at position { $position } for you.
problem-not-a-demo = Acting as somebody exists in the demonstration only; open your own key.
problem-no-sheet = This file has another name now; load the page again.
problem-idempotency-key-not-read-title = That key does not serve
problem-idempotency-key-not-read = An Idempotency-Key has 1 to 100 characters, letters, digits and signs without spaces or accents.
problem-idempotency-key-reused-title = That key has served
problem-idempotency-key-reused = This Idempotency-Key came with another request before. Nothing was done; use a new key.
problem-list-not-read-title = The list could not be read
problem-list-not-read = Nothing in the list could be read as confirmations; it needs a column of certificate numbers.
problem-files-too-large-title = Too large
problem-files-too-large = Files of more than 24 MB in all are not taken here; send fewer at a time, or smaller pictures.
problem-form-not-read-title = The form could not be read
problem-form-not-read = What was sent could not be read: { $error }. Go back and send it again.
problem-no-pre-advice = { $number } has not left, so there is nothing to announce.
problem-session-locked-title = Locked
problem-session-locked = This session is locked. Open it with its PIN, or sign in again; nothing was done.
problem-not-named-title = Your key is not in force
problem-not-for-your-role-title = Not for your role
problem-not-for-your-role = Your roles show you nothing of this kind ({ $what }). The table of rights, docs/rights.md, says who sees what and why.
problem-for-nobody = Nobody sees this.
problem-not-in-scope-title = Not in the token's scope
problem-not-in-scope = This token was not made for { $what }. Make another one with what it needs; nothing was done.
problem-wait-title = Please wait
problem-wait = There were several attempts that did not succeed. The next one can be made in { $seconds } seconds.
problem-not-signed-in-title = You are not signed in
problem-not-signed-in = Officer, password and code do not fit together. Which of them is wrong is not said; check all three. A code of your device serves once: wait for the next one.
problem-accounts-here = Here everybody signs in with an account; open /sign-in.
problem-which-session = Say which session is to end.
problem-no-own-authority = This node has no certificate authority of its own making.
problem-key-not-here-title = Your key is not here
problem-key-not-here = Your password is right, but your key does not lie at this node or opens with another passphrase. Ask your administrator; a recovery makes a new key.

## Fields that could not be read
input-not-read = cannot be read
input-not-read-as-typed = cannot read "{ $typed }"
input-unknown = is not a field of this form
input-missing = is missing
input-given-twice = was given several times, and is given once
input-not-a-date = cannot read "{ $typed }" as a date; write it like { $example }
input-not-an-instant = cannot read "{ $typed }" as an instant; write it like { $example }
input-not-carats = cannot read "{ $typed }" as carats; write them like { $example }, with two decimals at most
input-not-usd = cannot read "{ $typed }" as US dollars; write them like { $example }, with two decimals at most
input-not-a-count = cannot read "{ $typed }" as a whole number; write it like { $example }
input-not-a-participant = cannot read "{ $typed }" as a participant; write its two-letter code, like { $example }
input-not-a-period = cannot read "{ $typed }" as a period; write it like { $example }
input-not-a-choice = "{ $typed }" is none of the choices; choose one of them
input-not-goods = cannot read "{ $typed }" as a line; write it like { $example }
input-not-text = cannot read "{ $typed }"; write it like { $example }
input-not-a-number = cannot read "{ $typed }" as a certificate number.
input-not-a-limit = cannot read "{ $typed }": write a whole number from 1 to { $most }, for example 100
input-key-lies-here = a key of this officer lies at this node already; for another device, make the key there and give its public half here
input-passphrase-short = the new key needs a passphrase of at least 12 characters, typed by its officer
input-passphrase-differs = is not the same as the passphrase above
input-not-json-text = must be a text or a list of texts; write numbers and dates in quotation marks
input-codes-or-number = give either codes, or number and check_code together
input-no-parameters = is not known; this call takes no parameters
input-unknown-parameter = is not known; this call takes { $known }
input-unknown-format = is no format that is written here; choose one of { $known }
input-choose-class = line { $line }: choose a class
input-choose-kind = line { $line }: choose a kind

## States of a certificate
certificate-state-drafted = Drafted
certificate-state-issued = Issued
certificate-state-validated = Sealed and validated
certificate-state-departed = Departed
certificate-state-in_transit = In transit
certificate-state-arrived = Arrived, not confirmed
certificate-state-detained = Detained
certificate-state-seized = Seized
certificate-state-returning = Ordered back
certificate-state-confirmed = Confirmed
certificate-state-confirmed_with_difference = Confirmed with a difference
certificate-state-forfeited = Forfeited
certificate-state-returned = Returned to the issuer
certificate-state-returned_unused = Returned unused
certificate-state-replaced = Replaced
certificate-state-invalidated = Invalidated
certificate-state-spoiled = Paper spoiled
certificate-state-lost = Paper lost
certificate-state-stolen = Paper stolen

## The command
command-refused = refused: { $sentence }
command-row-refused = refused: row { $row }: { $sentence }
command-rule = rule: { $rule } [{ $key }]

## Signing in
sign-in-officer = Officer’s id
sign-in-officer-help = As your administrator gave it to you, for example
sign-in-password = Password
sign-in-code = Code
sign-in-code-help = Six digits from your authenticator program, or one of your recovery codes.
sign-in-where = Where do you sit?
sign-in-shared = A machine that others use too: it locks after two minutes
sign-in-personal = A machine of my own: it locks after fifteen minutes
sign-in-pin = PIN for this session
sign-in-pin-help = Four to twelve digits of your choice. It opens the desk again after it locked, with your work kept. On a shared machine it is needed; without one, a desk left alone is signed out.
sign-in-invitation = I have an invitation or a recovery code from my administrator
sign-in-keys = Served to this machine only: an officer who has no account yet can still open a key with its passphrase.
locked-title = This desk is locked
locked-wrong = That is not the PIN of this session. After five wrong ones the session ends and what was typed is lost.
locked-whose = It is the desk of { $who }. What was being typed is kept.
locked-pin-help = The PIN that you chose when you signed in today.
locked-other = End this session and sign in as somebody else

## Roles
role-secretariat = secretariat
role-statistics = statistics
role-monitoring = monitoring
role-administrator = administrator
role-clerk = clerk
role-approver = approver
role-customs = customs
role-importer = importer
role-focal-point = focal-point
role-valuer = valuer
role-independent-valuer = independent-valuer
role-storekeeper = storekeeper
role-custodian = custodian
role-director = director
role-auditor = auditor
role-chair = chair
role-observer = observer

## Papers and photographs beside records
paper-attached = Papers and photographs
paper-none-yet = Nothing is attached yet.
paper-attach = Attach a paper
paper-words = What it shows
paper-sort = What it is
paper-file = File or photograph
paper-file-help = PDF, JPEG, PNG or TIFF, up to 100 MB. A broken link is no harm: sending goes on where it stopped.
paper-drop = Or drop a file here, or paste one.
paper-progress = How much has been sent
paper-broken = The link is broken. Sending goes on by itself as soon as it is back.
paper-stopped = The file could not be sent. Press the button again: what has arrived is not sent again.
paper-statement = statement
paper-about = { $at }, { $who } ({ $body }), { $size }
paper-none = There is no such paper here.
paper-not-here = The statement is here and its file is not: it was attached at another node. Ask that node for it.
paper-no-small = There is no picture of this paper.
paper-pages = { $count ->
    [one] 1 page
   *[other] { $count } pages
  }
paper-no-folder = This node has no data folder, so it keeps no papers.
paper-not-taken-title = The file was not taken
paper-too-large = A file has at least one byte and at most 100 MB. Scan it with fewer dots, or in parts.
paper-too-many = Twenty files are coming in from you already. Finish or cancel one of them.
paper-not-coming = There is no such file coming in. It was finished, cancelled, or lay for a week. Begin again.
paper-elsewhere = { $here } bytes are here. Go on from there.
paper-unfinished = { $here } of { $length } bytes are here. Send the rest.
paper-other-kind = The file is no PDF, JPEG, PNG or TIFF, whatever its name says. Save it as one of these and send it again.
paper-cut-off = The file ends too early: it was cut off before it came here. Send it again from the original.
paper-empty = No file came. Choose the file again.
paper-not-a-part-title = This part of a file was not understood
paper-not-a-part = A part of a file is sent as application/offset+octet-stream.
paper-other-version = Parts of files are sent by version 1.0.0 of tus; say so in the header Tus-Resumable.
paper-header-missing = The header { $name } with a whole number is missing.
## Returns and confirmations from a file: the sandbox
sandbox-title = Returns that wait
sandbox-lead = Bring a return as a file: it is read cell by cell, held against every rule, and waits here until it is declared. Nobody but the focal points of its participant sees it; it is still here after signing out.
sandbox-put = Bring a file
sandbox-file = File
sandbox-file-help = .xlsx, .ods, .xls or .csv; choose it, or drag it onto the field. Title rows, totals, decimal commas and columns in any order are read.
sandbox-period-help = A half-year for production (2026-H1), a quarter for trade and certificates (2026-Q1), a year for stocks (2026).
sandbox-check = Read and check
sandbox-open-key = <a>Open an officer's key</a> with the role focal point to bring a return.
sandbox-waiting = What waits
sandbox-empty = Nothing waits.
sandbox-file-name = File name
sandbox-put-by = Brought by
sandbox-blocked = Something must be mended first
sandbox-warned = Can be declared, warnings forced
sandbox-ready = Ready to be declared
sandbox-figures = { $count ->
    [one] 1 figure
   *[other] { $count } figures
  }
sandbox-blocking = { $count ->
    [one] 1 blocks
   *[other] { $count } block
  }
sandbox-warning = { $count ->
    [one] 1 warns
   *[other] { $count } warn
  }
sandbox-marked = The sheet with its problems marked
sandbox-nobody-sees = Nobody has said this yet: it is not in the log, and no other participant and no body of the scheme sees it.
sandbox-rules = What the rules say
sandbox-nothing-found = No rule found anything.
sandbox-blocks = blocks
sandbox-warns = warns
sandbox-rows = { $count ->
    [one] 1 time
   *[other] { $count } times
  }
sandbox-cell = Cell
sandbox-what = What is wrong, and how to mend it
sandbox-whole = whole return
sandbox-notes = Read, and not used
sandbox-cells = Every cell beside what it was
sandbox-cells-help = The usual range is the median of the last twelve values and three robust deviations to both sides, from four values on; it is ours, judges nothing and blocks nothing. A comment is declared with the return.
sandbox-no-cells = There is no figure in it.
sandbox-figure = Figure
sandbox-row = row { $row }
sandbox-blank = blank
sandbox-unusual = unusual
sandbox-usual = Usual range
sandbox-twelve = Last values
sandbox-values = { $count ->
    [one] 1 value
   *[other] { $count } values
  }
sandbox-comment = Comment
sandbox-comment-on = Comment on { $figure }
sandbox-keep = Keep
sandbox-complete-title = Is it complete?
sandbox-blank-figures = { $count ->
    [one] 1 figure of the last return is blank here:
   *[other] { $count } figures of the last return are blank here:
  }
sandbox-complete = complete
sandbox-mark-complete = Mark complete: what is blank is meant to be
sandbox-not-complete = Not complete after all
sandbox-submit-title = Declare it
sandbox-mend-first = Mend what blocks in your own file, and bring it again.
sandbox-force-help = What warns can be forced, each rule with a reason. Your name and the reason are published with the return.
sandbox-force = Why { $rule } is to be forced
sandbox-reason = Why it is sent again
sandbox-reason-when = only where it was declared before
sandbox-submit = Sign and declare
sandbox-drop = Drop it unsaid
sandbox-drop-help = The file and its comments leave the node; nothing is recorded.
confirmations-take-file = Or bring a file
confirmations-take-file-in = Take the file in
returns-bring = Bring a return as a file
returns-commented = { $figure }: { $words }
input-no-file = choose a file; none came with the form
input-comment-too-long = a comment has at most 500 characters
problem-not-in-sandbox = There is no return { $name } in the sandbox of { $of }; it was declared or dropped, or it is not yours to see.
problem-no-marked-sheet = Nothing of this file could be read as a sheet, so there is nothing to mark.
problem-json-of-return = A JSON object is expected, as the description of the API has it: { $error }

## The explorer
explore-title = Explorer
explore-tab-production = Production
explore-tab-bands = Unit values
explore-tab-mirror = Mirror
explore-tab-flows = Flows
explore-tab-map = World map
explore-lead-production = What each participant declared, three pictures each: carats, US$, US$ per carat. Every picture has its own axis; its highest figure stands above it.
explore-lead-bands = US$ per carat, each period over the range that the periods before it make: the median of up to twelve values and three robust deviations to both sides, from four values on. The range is ours; what lies outside is a question.
explore-lead-mirror = Exporters are rows, importers columns. In each cell the exporter's figure stands above, the importer's below it, then how much more the importer has. Coverage, timing, CIF against FOB and returned goods are lawful reasons for a gap.
explore-lead-flows = What goes from whom to whom; the wider, the more. The exporter's figure counts; where it is silent, the importer's.
explore-lead-map = What is mined where, and what goes where. Production is public; a route is seen by its two sides and by those who may ask them.
explore-measure = Measure
explore-of-carats = carats
explore-of-value = US$
explore-of-unit = US$ per carat
explore-source = As told by
explore-source-returns = returns, as declared
explore-source-register = the register, as counted
explore-from = From
explore-until = Until
explore-nothing = Nothing is on file for this question, or nothing that you may see.
explore-table = The same as a table
explore-rows = { $count ->
    [one] 1 row
   *[other] { $count } rows
  }
explore-as-known = as known at the end of { $day }.
explore-footer = This page, to be sent on:
explore-three = carats · US$ · US$ per carat
explore-highest = highest { $most }
explore-halves = Halves returned
explore-what = What
explore-who = Who
explore-values = Values
explore-low = Usually from
explore-high = to
explore-newest = Newest
explore-usual = usual range
explore-outside = outside it
explore-exporter = Exporter
explore-importer = Importer
explore-exporters = Exporters
explore-importers = Importers
explore-out-carats = Carats, exporter
explore-into-carats = Carats, importer
explore-more-carats = Importer has more
explore-out-value = US$, exporter
explore-into-value = US$, importer
explore-more-value = Importer has more US$
explore-nearness = Both sides
explore-gap-agree = agree within a hundredth
explore-gap-near = within a tenth
explore-gap-apart = further apart
explore-gap-one_side = one side is silent
explore-both = exporter { $out }, importer { $into }
explore-describe-routes = { $routes } routes, { $sum } ct in all; the table below holds the figures.
explore-describe-map = { $producers } producers and { $routes } routes; the table below holds the figures.
explore-mirror-how = Each cell leads to the figures behind it.
explore-flows-how = Each band leads to the figures behind it.
explore-map-how = The area of a circle is what was mined in the last year of the span with a return for both halves; whoever returned nothing for it has no circle. An arrow is as wide as what went.
explore-invented = Invented participants
explore-mined = { $name }, mined in { $year }
explore-mined-half = { $name } mined in one half of { $year }
explore-legend-mined = mined
explore-legend-flow = went

## Customs figures
customs-title = Beside customs figures
customs-lead = Customs offices count the same goods by other rules: in kilograms, with freight (CIF), by another day, in another class. Each difference is split into what these explain; the parts add up to it, and what is left is a question.
customs-file-help = .csv, .xlsx or .ods with columns reporter, partner, flow, hs, period (a quarter or month), a weight and value_usd. A column named carats, grams or kg, or one named unit, says the unit.
customs-compare = Compare
customs-not-kept = The file is looked at and not kept.
customs-other = { $count ->
    [one] 1 row of other goods
   *[other] { $count } rows of other goods
  }
customs-left-out = { $count ->
    [one] 1 row left out
   *[other] { $count } rows left out
  }
customs-no-unit = The file does not say in which unit it weighs; carats were taken.
customs-unused = Columns that are not used: { $columns }
customs-other-sheets = Sheets of the workbook that are not read: { $sheets }
customs-scheme = The scheme
customs-customs = Customs
customs-parts = Customs has more, by cause
customs-agree = agree
customs-cause-not-declared = only at customs
customs-cause-not-at-customs = only in the scheme
customs-cause-unit = another unit
customs-cause-class = another class
customs-cause-timing = another quarter
customs-cause-quantity = worth of the carats that differ
customs-cause-incoterms = freight and insurance (CIF, FOB)
customs-cause-unexplained = not explained

## As of a day
problem-no-case-yet = Case { $number } was not open yet at the end of { $day }.
findings-then = Findings over returns are worked out from what was known then; of those over the register, the ones found by then are shown, in the words of that day.
input-no-such-figure = the return has no figure { $figure }

## The search

search-title = Search
search-button = Search
search-placeholder = Number, name, seal, licence
search-for = Search for { $typed }
search-help = Type a certificate's number, a seal, a licence, or the beginnings of a name's words. Accents, small or capital letters and one slip in a word make no difference. You find what you may see.
search-nothing = Nothing of that name or number is on file here for you.
search-cut = Many bear these words, and not all were looked at. One more word finds the rest.
search-more = There are more; one more word narrows it down.
search-applications = Applications
search-exporters = Exporters and licences
search-parties = Named on certificates
search-officers = Officers
search-authorities = Authorities
search-licence-holds = Licence holds
search-licence-over = Licence not valid today
search-signs = Signs
search-signs-no-more = No key in force
search-importer = Importer
search-exporter = Exporter
search-certificate-note = { $from } to { $to }, { $carats } ct, for { $importer }, drafted on { $day }
search-exporter-note = { $licence }, { $address }; valid { $from } to { $until }
search-party-note = last on a certificate from { $from } to { $to }, applied for on { $day }

## Parcels at the gate

menu-gate = Gate
gate-title = Parcels at the gate
gate-scan = Scan
gate-scan-help = Scan both symbols of each paper, one parcel after the other. A number alone can be typed too; it is not verified.
gate-add = Add
gate-other = From a file, or number and check code
gate-file = PDF files or photographs
gate-number = Number
gate-check-code = Check code
gate-empty = Nothing scanned yet. Up to forty parcels stand on one screen, exceptions first.
gate-no-exceptions = nothing to look at first
gate-verdict = Verdict
gate-paper = Paper
gate-next = Next
gate-more = more
gate-drop = Take { $number } off the list
gate-twice = This number is on the list twice: one of the papers is not the certificate.
gate-for-elsewhere = These goods go to { $to }, not to you.
gate-training = A training paper: no goods go with it.
gate-other-weight = The register has { $carats } ct under this number.
gate-expired = Its last day was { $day }.
gate-state-odd = The register says: { $state }.
gate-full = The list holds { $most } parcels; { $left } found no room. Take these first.
gate-nothing-kept = The list is kept in this page alone.
gate-form-green = Filled in at the gate; the verdict stands in its list. Weigh, read the seals, and decide.
gate-form-amber = Filled in from a scan that was amber: what was signed reads well, but something about it is to be asked. Compare each field with the paper.
gate-form-grey = The scan could not be judged. Only the number was taken from the paper; read everything else from the goods.
gate-form-red = The scan of this paper was red. Only the number that it claims was taken from it. Hold the goods, and record what you see and weigh: an arrival is evidence.
gate-again = { $count ->
    [one] It was on the list already.
   *[other] { $count } were on the list already.
  }
gate-parcels = { $count ->
    [one] { $count } parcel
   *[other] { $count } parcels
  }
gate-exceptions = { $count ->
    [one] { $count } to look at first
   *[other] { $count } to look at first
  }

## Records: what is missing, why, what else

record-why = Why
record-allowed = What else this state allows
record-before-issue = Before it can be issued
problem-no-application = No application { $reference } is on file at this node.
record-nothing-missing = { $count ->
    [one] Nothing is missing; { $count } thing was asked.
   *[other] Nothing is missing; { $count } things were asked.
  }
record-missing = { $count ->
    [one] { $count } thing is still missing
   *[other] { $count } things are still missing
  }

## Work queues

queue-deficient = Deficient, to cure
queue-confirmations = Confirmations from outside, to mend
queue-expired = Expired unused, to take back
queue-ageing = Left long ago, not answered
queue-transits = In transit here, to leave
queue-detained = Detained, to decide
queue-seized = Seized, to decide
queue-forfeited = Forfeited, to dispose of
queue-returning = Ordered back, to take in
queue-lots-to-value = Lots to value
queue-lots-to-open = Own values to open
queue-blanks-accept = Blanks handed over, to accept
queue-blanks-receive = Blanks printed, to receive
queue-blanks-condemn = Blanks spoilt, to set out
queue-blanks-destroy = Blanks set out, to see destroyed
queue-returns = Returns due and not in
queue-cases-overdue = Answers overdue
queue-without-officer = Participants without an officer
queue-recoveries = Recoveries waiting
queue-licences = Licences that end soon
queue-keys = Document keys that end soon
queue-keys-witness = Key ceremonies to witness
queue-overrides = Refusals set aside
queue-dissents = Objections
desk-since = since { $day }
desk-lot-note = for { $application }, { $carats } ct, value of: { $party }, opened on { $day }
desk-return-note = { $table }, due on { $day }
desk-recovery-note = started by { $who } at { $at }
desk-licence-note = { $licence }, until { $day }
desk-key-note = { $authority }, signs until { $day }
desk-override-note = { $who }, { $at }: { $reason } ({ $law })
desk-all-of-them = All of them
problem-no-queue = No queue { $name } is yours.
desk-blanks-note = sheets: { $sheets }, at { $where }, form { $form }
desk-first = { $count ->
    [one] the first one
   *[other] the first { $count }
  }
## A ministry's own sign-in (OpenID Connect)
sign-in-ministry = Sign in with the ministry's account
sign-in-ministry-help = The ministry says who you are, in place of the code. Your key opens with your password, which is asked for afterwards. Bind your account first, under Account.
sign-in-known = The ministry's sign-in says that you are { $officer }. Your key opens with your password; no code is asked for.
ministry-title = The ministry's sign-in
ministry-going = To the ministry's sign-in
ministry-returning = Back from the ministry's sign-in
ministry-go-on = Go on
ministry-bind-about = The ministry's sign-in knows you by what stands here. Bind it to your account only if this is you: from then on it serves in place of the code.
ministry-name = Name there
ministry-subject = Known there as
ministry-issuer = Sign-in of
ministry-not-me = This is not me
account-ministry-about = It proves who you are, in place of the code. It never opens your key: that takes your password. Your codes go on serving, for the day on which the ministry's sign-in is out of order.
account-ministry-go = Bind my account to the ministry's sign-in
account-ministry-bind = Bind my account to it
account-ministry-unbind = End the binding
account-ministry-since = Bound since
account-ministry-bound = Your account is bound. The ministry's sign-in serves in place of the code from now on.
accounts-bound = bound to the ministry's sign-in as { $name } ({ $issuer })
fresh-ministry = Show it at the ministry's sign-in instead, and come back
problem-ministry-not-here = This node knows no sign-in of a ministry. Sign in with password and code, or with a passkey.
problem-ministry-not-proven-title = The ministry's sign-in did not serve
problem-ministry-not-proven = It did not say who you are in a way that holds, or too long ago, or to another browser. Begin again, or use your code.
problem-ministry-not-reached-title = The ministry's sign-in cannot be reached
problem-ministry-not-reached = It does not answer at the moment. Password and code serve as always; tell your administrator if it lasts.
problem-ministry-not-bound-title = Nobody here is bound to that sign-in
problem-ministry-not-bound = The ministry's sign-in knows you, but no account here is bound to it. Sign in with password and code, and bind your account under Account.
problem-ministry-wait-title = Too many attempts
problem-ministry-wait = Too many answers of the ministry's sign-in that proved nobody came from here. Wait a few minutes.
## Passkeys, and factors asked for again
sign-in-passkey = Sign in with a passkey
sign-in-passkey-help = A passkey that opens your key needs nothing typed above but place and PIN. Any passkey stands in place of the code: then type your id and password first.
passkey-waits = Waiting for the passkey …
passkey-failed = The passkey was not shown. Nothing was sent; try again, or use a code.
passkey-known = This device has a passkey of yours already.
passkey-show = Show a passkey instead
passkey-needs-script = Making a passkey needs JavaScript. Codes serve without it.
problem-passkeys-not-here = Passkeys are bound to a name. They serve where this node is called by one over HTTPS, and on the machine itself at http://localhost, not at a bare address.
problem-passkey-opens-nothing-title = This passkey does not open your key
problem-passkey-opens-nothing = It proves that it is you, but its authenticator gives no secret that could open your signing key. Type your id and password, and use it in place of the code.
fresh-title = Show that it is you
fresh-legend = A code or a passkey
fresh-why = This weighs enough to ask whether you are still at your desk. It is asked again after { $minutes } minutes. What you typed is kept.
fresh-why-each = This sets a rule aside, so it is asked every time. What you typed is kept.
fresh-pin = Or the PIN of this session
fresh-go-on = Go on
problem-factor-needed-title = Show that it is you
problem-factor-needed = Nothing was done yet. Give a code or a passkey with it; a program opens its session anew with a code. What you typed is kept.
input-factor-wrong = does not serve; a code serves once, so wait for the next one
account-passkeys = Passkeys
account-passkeys-about = A passkey is kept in your telephone, your machine or a key on your ring, and asks for its PIN, your finger or your face. It serves in place of the code; most open your signing key too, without the password. Register two, so that losing one costs nothing.
account-passkey-name = Name
account-passkey-kept = Kept
account-passkey-device = in one device
account-passkey-synced = with a provider, on several devices
account-passkey-opens = Opens
account-passkey-opens-key = your key
account-passkey-opens-nothing = nothing: password needed
account-passkey-used = Last used
account-passkey-never = never yet
account-passkey-remove = Remove
account-passkey-remove-which = Remove the passkey { $name }
account-passkey-name-new = Name of a new passkey
account-passkey-name-help = By which you know it, for example: my telephone, the blue key.
account-passkey-make = Make a passkey
account-passkey-made = The passkey is registered. It serves from now on.
account-password-changed = Your password is changed. It opens your key from now on; other sessions stay open until you end them.
account-recovery-confirmed = It is confirmed. The code can be fetched by the administrator after a day, unless the officer stops it.

## A trader's own applications and mandates
menu-filings = Applications
filings-of = For licence { $licence }, { $holder }. You see what was applied for under it, what its people filed for others, and its mandates; nothing else.
filings-none = Nothing has been applied for yet.
filings-application = Application
filings-stands = Where it stands
filings-exporter = Exporter
filings-by = Filed by
filings-under = { $broker } under mandate { $mandate }
filings-at-counter = a clerk, at the counter
filings-mandates = Mandates
filings-mandates-about = With a mandate an exporter lets a broker file applications in its name: to where, how much in all and until when it says itself. Either side ends it at any time.
filings-mandate = Mandate
filings-from-to = From and to
filings-destinations = To
filings-all = everywhere
filings-limits = In all at most
filings-no-limit = no limit
filings-days = Days
filings-end = End
filings-not-in-force = not in force
filings-no-licence = You act for no licence, so nothing is yours to see here.
role-trader = trader

## Accounts, the trail, and who looked at what
join-title = Invitation
join-lead = Your administrator gave you a code. It serves once, within three days, for the account in your name.
join-code-help = Sixteen letters and digits; hyphens and small letters do not matter.
join-go-on = Go on
join-has-account = I have an account
join-new-factor = A new second factor
join-new-password = A new password and a new key
join-account = Your account
join-for = For the officer <b>{ $officer }</b>. If that is not you, close this page and tell your administrator.
join-loses-key = Your old password opened your old key, and nobody can open it any more. A new key is made now. Your administrator withdraws the old one and registers the new one; what you signed before stays valid.
join-your-password = 1. Your password
join-password-of-account = Password of your account
join-only-you = 1. A password that only you know
join-present = Present passphrase of your key
join-present-help = A key in your name lies at this node already. It is put under the new password; the old passphrase then opens nothing.
account-new-password = New password
join-password-help = At least twelve characters. Several words in a row are easy to keep in mind. It opens your signing key and cannot be reset by anybody: whoever loses it needs a new key.
join-authenticator = 2. An authenticator program
join-scan = Scan this symbol with an authenticator program on your telephone, or type the secret into it. It works without a network.
join-symbol = Symbol for authenticator programs
join-secret = Secret:
join-digits = The six digits it shows now
join-open = Open the account
joined-title = Your account is open
joined-can = { $officer } can sign in now.
joined-codes = Recovery codes
joined-codes-about = They are shown this once. Print them or write them down, and keep them where you keep your passport, not beside the machine. Each serves once in place of the six digits.
joined-key = Your new key
joined-key-about = Nobody can act with it until your administrator has put it into the registry. Read the first and last four digits out to your administrator, in person or by telephone:
joined-for-administrator = For the administrator: an officer who is not named yet is named with this public key; for an officer who is, the key is registered, and a lost one withdrawn. All three are acts under <a>All acts</a>.
account-codes-left = You signed in with a recovery code. Recovery codes left: { $left }. When few are left, ask your administrator for a new second factor.
account-token-shown = The token, shown this once
account-token-copy = Copy it into the program now. Whoever has it can do what it was made for, in your name.
account-recovery-of = Recovery of { $officer }
account-recovery-says = { $who } says that this officer cannot sign in any more. Confirm it only if the officer has come to you in person and you know who it is.
account-seen = I have seen this officer in person
account-confirm = Confirm
account-sessions = Sessions
account-from = From
account-began = Began
account-last-used = Last used
account-desk = Desk
account-end = End
account-this-one = this one
account-shared = shared
account-personal = personal
account-program = program
account-demonstration = demonstration
account-locked = locked
account-end-from = End the session from { $from }
account-end-all = End all of them, this one too
account-present-password = Present password
account-password-help = At least twelve characters. It opens your signing key; nobody can reset it.
account-change-password = Change the password
account-tokens = Tokens for programs
account-tokens-about = A token lets a program do in your name what you choose, until a day. One that may act carries a copy of your key, which only the token opens.
account-token-for = For
account-token-may = May
account-token-until = Until
account-token-ended = ended on { $at }
account-token-end = End the token { $name }
account-token-make = Make a token
account-token-what-for = What it is for
account-token-days = For how many days
account-token-scopes = What it may do
account-token-read = Read what I may see
account-token-load = Take lists of confirmations in
account-token-returns = Put returns into the sandbox
account-token-make-it = Make the token
accounts-code-for = A code for { $officer }
accounts-code-about = Give it to this person and to nobody else, best in person. It is shown this once, serves once, and until { $at }.
accounts-code-types = The person types it under <a>Invitation</a>, or opens this address:
accounts-closed = The account of { $officer } is closed
accounts-closed-about = Sessions, codes, tokens and passkeys have ended. The officer’s keys still stand in the registry: withdraw them, so that nothing can be signed with a copy.
accounts-no-key = No key of this officer is in force.
accounts-lead = You look after accounts. You never learn a password, and you cannot act for anybody. Everything done here stands in the trail, which your auditor reads.
accounts-officer = Officer
accounts-roles = Roles
accounts-account = Account
accounts-can-be-done = What can be done
accounts-not-named = not named yet
accounts-recovery-factor = recovery of the second factor started by { $who }
accounts-recovery-password = recovery of the password started by { $who }
accounts-confirmed-by = confirmed by { $who }
accounts-code-from = code from { $at }
accounts-yours = yours: another administrator does it
accounts-fetch-code = Fetch the code
accounts-lost = Lost something
accounts-lost-about = Another officer has to see the person and confirm; then the person has a day to object. A lost password cannot be reset: it costs the key.
accounts-lost-factor = The second factor is lost
accounts-lost-password = The password is lost
accounts-leaves = Leaves
accounts-leaves-about = Ends sessions, codes, tokens and passkeys at once.
accounts-close = Close the account of { $officer }
accounts-invite = Invite
accounts-invite-whom = Invite { $officer }
accounts-new = Somebody new
accounts-new-help = Lower case, beginning with your participant’s code. The key is made when the person takes the code up, under a password that you do not learn; then you name the officer with its public half.
accounts-state-none = no account
accounts-state-expired = invitation expired
accounts-state-invited = invited
accounts-state-open = open
accounts-state-closed = closed
trail-tabs-accounts = Accounts
trail-tabs-looks = Who looked at what
trail-lead = What was done to accounts, who came and went, and who was refused what. Rows are only added; each is chained to the one before.
trail-broken = <b>Row { $number } does not follow from the row before it.</b> Somebody changed or removed rows with a database tool.
trail-whole = Every row follows from the one before it.
trail-none = Nothing here is yours to read.
trail-no = No.
trail-when = When
trail-who = Who
trail-what = What
trail-about = About
trail-detail = Detail
trail-earlier = Earlier
looks-lead = Every look at what is not public: at your own by anybody, and at others’ by your officers.
looks-filter = Number or officer
looks-show = Show
looks-none = No look that you may read of.
looks-which = Which
looks-whose = Whose
trail-invited = Invited
trail-joined = Account opened
trail-factor_renewed = Second factor renewed
trail-password_renewed = Password and key renewed
trail-password_changed = Password changed
trail-signed_in = Signed in
trail-not_signed_in = Not signed in
trail-signed_out = Signed out
trail-closed = Account closed
trail-token_made = Token made
trail-token_ended = Token ended
trail-recovery_started = Recovery started
trail-recovery_confirmed = Recovery confirmed
trail-recovery_stopped = Recovery stopped
trail-passkey_made = Passkey made
trail-passkey_removed = Passkey removed
trail-passkey_copied = Passkey may be copied
trail-ministry_bound = Bound to the ministry's sign-in
trail-ministry_unbound = Binding to the ministry's sign-in ended
trail-factor_shown = Factor shown again
trail-factor_refused = Factor refused
trail-denied = Refused
## Calls: asking twice, pages of lists, changes, accounts
problem-idempotency-key-begun-title = That key's request is under way
problem-idempotency-key-begun = A request under this Idempotency-Key was begun and has no answer yet; perhaps power failed in it. Look whether it was done before you send it under a new key.
input-after-not-there = nothing in this list is called "{ $typed }" any more; begin again without "after"
input-after-the-end = { $typed } is past the end of what this node has ({ $end }): the place is another node's, or this node was put back to an older state; begin again from 0
input-not-seen-in-person = confirm only somebody whom you have seen in person and know
problem-json-of-call = The body is not the JSON object that this call takes: { $error }. The call's description is in /api/openapi.json.
problem-no-such = There is no { $what } here, or it is not yours.

## Messages, mail and webhooks (kp-messages)
message-shipment-departed = Certificate { $number } has left for you
message-shipment-departed-next = Record the arrival when the shipment reaches you, and confirm it.
message-receipt-confirmed = Certificate { $number } is confirmed by the importing authority
message-receipt-confirmed-next = Nothing is left to do about it.
message-difference-reported = The importing authority reports a difference about certificate { $number }
message-difference-reported-next = Look at what was found, and correct or explain it.
message-case-opened = Case { $number }: a question to { $participant } was opened
message-case-opened-next = An answer is due by { $due }.
message-question-asked = Case { $number }: { $participant } is asked again
message-question-asked-next = An answer is due by { $due }.
message-case-reminded = Case { $number }: the answer of { $participant } is due soon
message-case-reminded-next = It is due by { $due }.
message-case-escalated = Case { $number }: { $participant } has not answered, and the case has gone a step further
message-case-escalated-next = It was due by { $due }. More people see it with each step; answer it now.
message-case-answered = Case { $number }: { $participant } has answered
message-case-answered-next = Read the answer; ask again, or close the case.
message-return-due = The return { $number } of { $participant } is due soon
message-return-due-next = It is due by { $due }. An explicit nil return is a return too.
message-return-overdue = The return { $number } of { $participant } is overdue
message-return-overdue-next = It was due by { $due }. Declare it now; its absence is reported further with time.
message-key-changed = A key of { $participant } was registered, withdrawn or reported
message-key-changed-next = If you do not know why, ask whoever signed it today.
message-account-changed = Your account: { $what }, by { $by }
message-account-changed-next = If you did not ask for it, tell your administrator and your auditor now.
message-account-invited = you were invited
message-account-closed = it was closed
message-account-password-changed = the password was changed
message-account-recovery-started = a recovery was started
message-account-recovery-confirmed = a recovery was confirmed
message-account-token-made = a token for a program was made
message-account-ministry-bound = it was bound to the ministry's sign-in
message-account-ministry-unbound = its binding to the ministry's sign-in ended
message-check-code = To verify it without a link: number { $number }, check code { $code }.
message-digest = { $count ->
    [one] One message of kpcs
   *[other] { $count } messages of kpcs
  }
message-foot = This mail was sent by a machine that reads no answers. It holds no carats and no values. How often you are written to is set under Messages.
message-perhaps-twice = You may have this mail already: the machine stopped while it was being sent.
messages-title = Messages
messages-bell = { $count ->
    [one] Messages: 1 new
   *[other] Messages: { $count } new
  }
messages-none = Nothing yet. Here you are told what waits for you: shipments under way, answers and returns that fall due, changes to keys and to your account.
messages-new = new
messages-code = Check code: { $code }.
messages-look = Look at it
messages-all-seen = I have seen these
messages-older = Older ones
messages-by-mail = By e-mail
messages-nothing-leaves = This node is for trying things out: nothing leaves it, no mail and no webhook.
messages-no-server = This node has no mail server yet, so mails wait. Whoever runs it names one in mail.toml.
messages-address = E-mail address
messages-address-help = A mail holds numbers and links, no carats and no values.
messages-cadence = How often
messages-cadence-none = Not at all; I look here
messages-cadence-instant = Each message at once
messages-cadence-daily = One mail for each day
messages-language = Language of the mails
messages-save = Save
messages-secret-title = The secret, shown this once
messages-secret = Copy it into the program that is called. It checks with it that a call is from here; the secret before goes on signing for a day.
webhooks-title = Webhooks
webhooks-about = A program of yours is called when something changes that you may see. It is told the kind, the place and the subject, and asks for the rest.
webhooks-url = Address that is called
webhooks-kinds = Kinds of statements
webhooks-kinds-help = Separated by blanks, for example: shipment_departed receipt_confirmed. Empty: all.
webhooks-all = all
webhooks-secret = Secret
webhooks-rotate = New secret
webhooks-end = End
webhooks-make = Set a webhook up
outbox-title = Outbox
outbox-about = What was sent to your officers and their programs, what waits, and what did not get through. What fails is tried again for four days.
outbox-no-server = This node has no mail server, so mails wait: name one in mail.toml in the data folder and start again.
outbox-none = Nothing has left yet.
outbox-to = To
outbox-what = What
outbox-state = State
outbox-state-waiting = waiting
outbox-state-sending = being sent
outbox-state-sent = sent
outbox-state-failed = failed
outbox-state-given-up = given up
outbox-tries = { $count ->
    [one] one try
   *[other] { $count } tries
  }
outbox-next = next { $at }
outbox-doubtful = may have come twice
outbox-answer = What the other side said
outbox-again = Try again
frame-outbox = Outbox

## Training
frame-training = <b>TRAINING</b> Nothing here is real: participants are invented, certificates are worth nothing, and nothing leaves this node.

## Charts and sections of declared production (kp-report)

report-carats = Carats
report-carats-unit = per half-year
report-value = Value
report-value-unit = US$ per half-year
report-unit-value = Unit value
report-unit-value-unit = US$ per carat
report-log-axis = log axis
report-half-nil = nil return
report-half-missing = no return
report-half-not-due = no return yet, none held against anyone
report-half-not-expected = none expected
report-half-late = returned after it was due
report-half-returned = figures returned
report-state-figures = figures
report-state-contradictory = figures and nil
report-state-nil = nil
report-state-not-due = not yet due
report-no-figure = no figure
report-no-figures = No figures.
report-still-open = { $figure } (returns still coming in)
report-year-not-complete = { $figure } (year not complete)
report-mark = Finding { $number }: { $title }
report-described-halves = Half-years { $first } to { $last }
report-described-years = Years { $first } to { $last }; { $highest }. The figures stand in the table below.
report-described-highest = highest { $figure } in { $half }
report-described-none = no figures
report-described-log = logarithmic axis
report-described-marks = { $count ->
    [one] 1 finding marked
   *[other] { $number } findings marked
  }
report-described-calendar = { $participants }, half-years { $first } to { $last }; { $missing } missing. They are listed below.
report-participants = { $count ->
    [one] { $number } participant
   *[other] { $number } participants
  }
report-missing-returns = { $count ->
    [one] { $number } return
   *[other] { $number } returns
  }
report-returns = { $count ->
    [one] { $number } return
   *[other] { $number } returns
  }
report-from-to = { $first } to { $last }
report-from = { $year } on
report-at-most = up to { $carats }
report-capacity = Capacity on file, { $years }: { $carats } ct a year. Source: { $source }.
report-world-of = World: { $measure }
report-world-by-year = World: carats declared by year and producer
report-world-caption = <b>Carats</b> declared by year and producer
report-world-lead = All participants together. A change that everybody shows is taken out before anyone is asked about theirs. Paler years are not complete.
report-half-by-half = Half by half
report-world-tables = The world’s figures as tables
report-by-year = By year
report-by-half = By half-year
report-producers = Producers
report-figures-from = Figures from
report-nil-from = Nil from
report-missing-from = Missing from
report-not-complete = not complete
report-all-others = all others
report-calendar = Reporting calendar
report-ever-declared = Declared production in at least one half-year
report-never-declared = Never declared production
report-who-did-not = Who did not report
report-calendar-lead = A return is owed for every half-year, due two months after it (CD Annex III(c)); a nil return is a return. Missing means that these files hold no row for a participant and half-year.
report-none-missing = None is missing.
report-lacking = They lack { $producers } of participants that declared production at some time, and { $others } of participants that never did. Many of the latter file nothing because nothing is mined; the files do not say what was agreed with them.
report-open = Returns for { $halves } are still coming in, and none is held against anyone.
report-legend-missing = missing
report-legend-late = late, where the file says when
report-legend-both = production and nil at once
report-legend-open = still coming in
report-legend-empty = empty: not a participant, or none expected
report-missing-heading = Missing returns
report-missing = Missing
report-half-years = Half-years
report-with-carats = { $count ->
    [one] { $number } half-year with carats
   *[other] { $number } half-years with carats
  }
report-up-to = up to { $figure }, { $half }
report-figures-of = { $name }: the figures as a table
report-return = Return
report-where = Where it stands
report-also-seen = Also seen
report-carats-at-stake = Carats at stake
report-value-at-stake = US$ at stake
report-against-yardstick = Against its yardstick
report-independent = Independent signals that agree
report-above = Of the same participant above
report-together = Together, for the order only
report-charts-of = The charts of { $name }
report-why-at = Why it stands at { $number }
report-how-soon = How soon: { $severity }
report-not-counted = (not counted towards its place)
report-evidence = Evidence: { $count ->
    [one] { $number } place in the files
   *[other] { $number } places in the files
  }

## The rights

rights-title = Rights
rights-lead = Who may see what, and who does what. What stands nowhere here is seen and done by nobody.
rights-seen = What is seen
rights-class = Class
rights-what = What
rights-who = Who
rights-source = Source
rights-done = What is done
rights-done-help = Every act checks role, body and facts itself. These are the roles that the catalogue names.
rights-role = Role
rights-acts = Acts
rights-none = none
rights-fresh = What asks for a factor shown lately
rights-fresh-help = Signing in shows one. Programs are not asked: their tokens say what they may do.
rights-acts-and-forms = Acts and forms
rights-within = Within
rights-by = By

## Lists that come by pages

list-no-more = No more.
list-first = From the first
list-further = Further

## The exporter of a form

form-find-exporter = Find by name
form-no-exporter = No exporter that you may see is called { $typed }. Type another part of the name, or the number of the licence.
form-exporters = Exporters to choose from
form-more-exporters = There are more. Type more of the name, and press Find by name.
