//! One row for each reason: what is presented, the state, and the English sentence. A reason without a row fails a test.

use std::collections::BTreeSet;

use kp_certificate::lists::{
    BlankState, Compromise, Exclusion, MissingBlanks, Standing, State as Fated, UnderWay,
};
use kp_certificate::{Credential, Kind, Purpose, Receipt};
use kp_verify::{Clock, Code, Language, Presented, Reason, Seen, Sighting, Speaker, State, Verdict, verify};

use crate::world::{LISTS_AT, World, at, code, content, key};

const NOW: &str = "2026-02-12T10:00:00Z";

/// What lies on the desk, and the desk.
struct Desk {
    world: World,
    credential: String,
    receipt: Option<String>,
    typed: Option<(String, String, Option<&'static str>)>,
    nothing: bool,
    without_lists: bool,
    clock: Clock,
    seen: Seen,
}

impl Desk {
    /// A good certificate with everything in place.
    fn new() -> Self {
        Self::with(World::new(), |_| {})
    }

    /// A certificate changed before it was signed.
    fn with(mut world: World, change: impl FnOnce(&mut kp_certificate::Content)) -> Self {
        let mut content = content(451);
        change(&mut content);
        let (credential, receipt) = world.issue(&content);
        Self::of(world, &credential, Some(&receipt))
    }

    fn of(world: World, credential: &Credential, receipt: Option<&Receipt>) -> Self {
        Self {
            world,
            credential: credential.to_text(),
            receipt: receipt.map(Receipt::to_text),
            typed: None,
            nothing: false,
            without_lists: false,
            clock: Clock::reading(at(NOW)),
            seen: Seen::new(),
        }
    }

    fn typed(mut self, number: &str, check_code: &str, on: Option<&'static str>) -> Self {
        self.typed = Some((number.into(), check_code.into(), on));
        self
    }

    fn code_text(&self) -> String {
        Credential::from_text(&self.credential).unwrap().check_code().to_string()
    }

    fn verdict(&self) -> Verdict {
        let lists = (!self.without_lists).then(|| self.world.lists());
        let presented = match &self.typed {
            _ if self.nothing => Presented::NothingFound,
            Some((number, check_code, on)) => {
                Presented::Typed { number, check_code, issued_on: on.map(|on| on.parse().unwrap()) }
            }
            None => Presented::Codes {
                credential: Code::Text(&self.credential),
                receipt: self.receipt.as_deref().map(Code::Text),
            },
        };
        verify(&presented, lists.as_ref(), self.clock, &self.seen)
    }
}

struct Row {
    key: &'static str,
    state: State,
    sentence: &'static str,
    desk: Desk,
}

fn row(key: &'static str, state: State, sentence: &'static str, desk: Desk) -> Row {
    Row { key, state, sentence, desk }
}

/// Changes a desk.
fn but(mut desk: Desk, change: impl FnOnce(&mut Desk)) -> Desk {
    change(&mut desk);
    desk
}

/// A desk whose world was changed before the certificate was signed.
fn in_world(change: impl FnOnce(&mut World)) -> Desk {
    let mut desk = Desk::new();
    change(&mut desk.world);
    desk
}

fn fated(state: Fated) -> Desk {
    in_world(|world| world.fate(451, state))
}

/// A desk with a certificate signed by this key, in the log and its list.
fn signed_by(name: &str) -> Desk {
    let mut world = World::new();
    let credential = Credential::sign(&content(451), &key(name)).unwrap();
    let receipt = world.log(&credential);
    Desk::of(world, &credential, Some(&receipt))
}

fn compromised(desk: Desk, first_untrusted: u64, noted_at: &str) -> Desk {
    but(desk, |desk| {
        desk.world.trust[0].document_keys[0].compromise =
            Some(Compromise { log: "kp.XA/2026".into(), first_untrusted, noted_at: at(noted_at) });
    })
}

fn unlisted(change: impl FnOnce(&mut kp_certificate::Content)) -> Desk {
    let mut world = World::new();
    let mut content = content(451);
    change(&mut content);
    let (credential, receipt) = world.issue_unlisted(&content);
    Desk::of(world, &credential, Some(&receipt))
}

/// The code with one character of its middle changed into another of the alphabet, so that the signature no longer fits.
fn altered() -> Desk {
    but(Desk::new(), |desk| {
        let credential = Credential::from_text(&desk.credential).unwrap();
        let mut bytes = credential.bytes().to_vec();
        // 36,000.50 ct become 86,000.50: the paper and the bytes are changed alike.
        let carats = [0x1a, 0x00, 0x36, 0xee, 0xb2];
        let place = bytes.windows(5).position(|window| window == carats).unwrap();
        let total = bytes.windows(5).position(|window| window == [0x1a, 0x00, 0x43, 0x53, 0xf0]).unwrap();
        bytes[place + 1..place + 5].copy_from_slice(&8_600_050_u32.to_be_bytes());
        bytes[total + 1..total + 5].copy_from_slice(&(8_600_050_u32 + 812_350).to_be_bytes());
        desk.credential = format!("KPC1:{}", kp_certificate::encode_base45(&bytes));
    })
}

fn read_and_signed() -> Vec<Row> {
    use State::{Grey, Red};
    vec![
        row(
            "nothing-found",
            Grey,
            "No code was found in this picture.",
            but(Desk::new(), |d| d.nothing = true),
        ),
        row(
            "not-our-code",
            Grey,
            "This is not a KP code; it belongs to something else.",
            but(Desk::new(), |d| d.credential = "https://kp.example/XA-000451".into()),
        ),
        row(
            "receipt-alone",
            Grey,
            "This is the second code, the receipt; it says nothing without the first.",
            but(Desk::new(), |d| d.credential = d.receipt.clone().unwrap()),
        ),
        row(
            "newer-form",
            Grey,
            "This KP code has the form KPC2, which is newer than this program.",
            but(Desk::new(), |d| d.credential = d.credential.replace("KPC1", "KPC2")),
        ),
        row(
            "damaged-code",
            Grey,
            "This is a KP code, but it is damaged: some of its characters were lost or misread.",
            but(Desk::new(), |d| d.credential.push('\n')),
        ),
        row(
            "not-in-form",
            Red,
            "This code begins like a KP certificate, but what is inside is not one; no authority makes such codes.",
            but(Desk::new(), |d| d.credential = "KPC1:BB8".into()),
        ),
        row(
            "number-unreadable",
            Grey,
            "What was typed as the number is not a certificate number.",
            Desk::new().typed("?", "8000-0000-00-T", None),
        ),
        row(
            "check-code-unreadable",
            Grey,
            "What was typed as the check code is none, or has a slip in it.",
            Desk::new().typed("XA-000451", "8000-0000-00-A", None),
        ),
        row(
            "no-trust-data",
            Grey,
            "There are no lists on this device, so nothing can be said about this certificate.",
            but(Desk::new(), |d| d.without_lists = true),
        ),
        row(
            "issuer-unknown",
            Red,
            "XQ is on no list of participants; nobody of that name issues certificates.",
            Desk::with(World::new(), |c| {
                c.issuer = code("XQ");
                c.number = "XQ-000451".parse().unwrap();
            }),
        ),
        row(
            "wrong-issuer",
            Red,
            "The certificate names XA as its issuer, but a key of XB signed it.",
            signed_by("XB document"),
        ),
        row(
            "key-for-other-use",
            Red,
            "The key that signed belongs to XA, but it is not one for certificates.",
            signed_by("XA log"),
        ),
        row(
            "unknown-key",
            Grey,
            "No list at hand names the key 1f3b5f5e2a0f4b1c that is said to have signed for XA.",
            signed_by("nobody"),
        ),
        row(
            "altered",
            Red,
            "Certificate XA-000451 was altered: it does not say what the authority signed.",
            altered(),
        ),
        row(
            "training",
            Red,
            "This is a practice certificate. No goods travel with it.",
            Desk::with(World::new(), |c| c.flags.training = true),
        ),
        row(
            "key-not-yet-valid",
            Red,
            "The key that signed was not in force before 2026-02-05; this certificate is dated earlier.",
            in_world(|w| w.trust[0].document_keys[0].valid_from = at("2026-02-05T00:00:00Z")),
        ),
        row(
            "key-out-of-use",
            Red,
            "The key that signed had gone out of use on 2026-02-01; this certificate is dated later.",
            in_world(|w| w.trust[0].document_keys[0].retired_at = Some(at("2026-02-01T00:00:00Z"))),
        ),
        row(
            "key-revoked-before",
            Red,
            "The key was revoked on 2026-02-09 because others may hold it, and this certificate does not come from before.",
            compromised(Desk::new(), 1, "2026-02-09T00:00:00Z"),
        ),
        row(
            "key-revoked-unproven",
            State::Amber,
            "The key was revoked on 2026-02-09 because others may hold it, and nothing here proves that this certificate came before.",
            compromised(but(Desk::new(), |d| d.receipt = None), 1, "2026-02-09T00:00:00Z"),
        ),
    ]
}

fn numbers() -> Vec<Row> {
    use State::Red;
    let seen = |desk: &mut Desk| {
        desk.seen.insert(
            "XA-000451".parse().unwrap(),
            Sighting { at: at("2026-02-11T16:30:00Z"), place: "Gate 2".into() },
        );
    };
    let blank = MissingBlanks {
        first: 450,
        last: 460,
        state: BlankState::Stolen,
        since: "2026-01-15".parse().unwrap(),
    };
    let other_code = Credential::sign(&content(452), &key("XA document")).unwrap().check_code().to_string();
    vec![
        row(
            "used",
            Red,
            "This number was used already: it was presented at XB harbour on 2026-02-08.",
            fated(Fated::Used),
        ),
        row(
            "seen-here",
            Red,
            "This number was presented here before: at Gate 2 on 2026-02-11.",
            but(Desk::new(), seen),
        ),
        row(
            "counterfeit",
            Red,
            "A counterfeit with this number was reported on 2026-02-08.",
            fated(Fated::Counterfeit),
        ),
        row("stolen", Red, "This certificate was reported stolen on 2026-02-08.", fated(Fated::Stolen)),
        row("lost", Red, "This certificate was reported lost on 2026-02-08.", fated(Fated::Lost)),
        row(
            "void",
            Red,
            "The issuing authority made this certificate void on 2026-02-08.",
            fated(Fated::Void),
        ),
        row(
            "replaced",
            Red,
            "This certificate was replaced by XA-000077 on 2026-02-08 and is no longer good.",
            fated(Fated::Replaced),
        ),
        row(
            "returned-unused",
            Red,
            "This certificate was not used in time and was given back on 2026-02-08.",
            fated(Fated::Expired),
        ),
        row(
            "detained",
            Red,
            "Goods and certificate were detained at XB harbour on 2026-02-08.",
            fated(Fated::Detained),
        ),
        row(
            "seized",
            Red,
            "The goods of this certificate were seized at XB harbour on 2026-02-08.",
            fated(Fated::Seized),
        ),
        row(
            "sent-back",
            Red,
            "The goods of this certificate were sent back from XB harbour on 2026-02-08.",
            fated(Fated::Returned),
        ),
        row(
            "blank-missing",
            Red,
            "The paper with this number has been missing since 2026-01-15 (stolen); nothing can have been issued on it.",
            in_world(|w| w.ranges.missing_blanks.push(blank)),
        ),
        row(
            "outside-ranges",
            Red,
            "No office was ever allotted the number XA-000451 for that day.",
            in_world(|w| w.ranges.allotted[0].last = 450),
        ),
        row(
            "never-issued",
            Red,
            "Number XA-000451 was never issued: the issuer's log, complete to 2026-02-10 06:00 UTC, does not have it.",
            unlisted(|_| {}),
        ),
        row(
            "another-registered",
            Red,
            "Another certificate is registered under the number XA-000451; this one is not it.",
            but(Desk::new(), |d| {
                let mut twin = content(451);
                twin.parcels = 9;
                let (credential, receipt) = d.world.issue_unlisted(&twin);
                d.credential = credential.to_text();
                d.receipt = Some(receipt.to_text());
            }),
        ),
        row(
            "check-code-of-another",
            Red,
            "The check code belongs to another certificate than number XA-000451.",
            Desk::new().typed("XA-000451", &other_code, None),
        ),
    ]
}

fn trade() -> Vec<Row> {
    use State::{Amber, Red};
    let exclusion = Exclusion {
        of: code("XA"),
        from: at("2026-01-01T00:00:00Z"),
        until: None,
        legal_act: "Regulation 7".into(),
    };
    let barred = |world: &mut World| {
        let mut suspended = World::new();
        suspended.standing(Standing::Suspended, "2026-01-20T00:00:00Z", UnderWay::Refuse);
        let mut change = suspended.participants.participants[0].standing.remove(0);
        change.direction = kp_certificate::lists::Direction::Import;
        world.participants.participants[1].standing.push(change);
    };
    vec![
        row(
            "issuer-not-participant",
            Red,
            "XA did not belong to the scheme on 2026-02-03.",
            in_world(|w| {
                w.participants.participants[0].membership[0].until = Some(at("2026-02-01T00:00:00Z"))
            }),
        ),
        row(
            "issuer-suspended",
            Red,
            "Exports of XA were suspended when this was signed, since 2026-02-01 (AD 2026/1).",
            in_world(|w| w.standing(Standing::Suspended, "2026-02-01T00:00:00Z", UnderWay::Release)),
        ),
        row(
            "under-way-refused",
            Red,
            "Exports of XA have been suspended since 2026-02-09 (AD 2026/1); goods already under way are to be refused.",
            in_world(|w| w.standing(Standing::Embargo, "2026-02-09T00:00:00Z", UnderWay::Refuse)),
        ),
        row(
            "destination-barred",
            Red,
            "XB could not receive rough diamonds when this was signed.",
            in_world(barred),
        ),
        row(
            "not-recognised",
            Red,
            "XB did not trade with XA when this was signed (Regulation 7).",
            in_world(|w| w.participants.participants[1].excluded.push(exclusion)),
        ),
        row(
            "under-way-hold",
            Amber,
            "Exports of XA have been suspended since 2026-02-09 (AD 2026/1); these goods were under way and are to be held until the authorities have spoken.",
            in_world(|w| w.standing(Standing::Suspended, "2026-02-09T00:00:00Z", UnderWay::HoldAndAsk)),
        ),
        row(
            "conditional",
            Amber,
            "XA exports under a condition: stones of the north (AD 2026/1).",
            in_world(|w| w.standing(Standing::Conditional, "2026-02-01T00:00:00Z", UnderWay::Release)),
        ),
    ]
}

fn receipt_time_and_the_unknown() -> Vec<Row> {
    use State::{Amber, Green, Grey, Red};
    let other_receipt = |desk: &mut Desk| {
        let (_, other) = desk.world.issue(&content(452));
        desk.receipt = Some(other.to_text());
    };
    let typed = Desk::new();
    let code_text = typed.code_text();
    vec![
        row(
            "receipt-does-not-fit",
            Red,
            "The second code is not the receipt of this certificate.",
            but(Desk::new(), other_receipt),
        ),
        row(
            "receipt-unknown-log",
            Grey,
            "No list at hand names the key of the log kp.XA/2026 that the receipt is from.",
            in_world(|w| w.trust[0].log_keys.clear()),
        ),
        row(
            "clock-not-trusted",
            Grey,
            "The clock of this device says 2025-02-12 10:00 UTC, but a list was made on 2026-02-10 06:00 UTC: the clock cannot be trusted.",
            but(Desk::new(), |d| d.clock = Clock::reading(at("2025-02-12T10:00:00Z"))),
        ),
        row(
            "not-yet-valid",
            Red,
            "This certificate is dated 2026-02-12 10:11 UTC, which has not come yet.",
            Desk::with(World::new(), |c| c.issued_at = at("2026-02-12T10:11:00Z")),
        ),
        row(
            "expired",
            Red,
            "This certificate expired on 2026-02-12 00:00 UTC.",
            Desk::with(World::new(), |c| c.expires_at = at("2026-02-12T00:00:00Z")),
        ),
        row(
            "trust-too-old",
            Grey,
            "The lists on this device are 46 days old or have expired; with them nothing good can be said any more.",
            but(Desk::new(), |d| d.clock = Clock::reading(at("2026-03-28T06:00:01Z"))),
        ),
        row(
            "issued-after-list",
            Amber,
            "The certificate is signed as it should be, but after the list of certificates was made (2026-02-10 06:00 UTC).",
            {
                let mut world = World::new();
                world.issue(&content(1));
                let lists_know = world.leaves.len();
                let mut later = content(451);
                later.issued_at = at("2026-02-11T09:00:00Z");
                let (credential, receipt) = world.issue_unlisted(&later);
                world.leaves.truncate(lists_know);
                Desk::of(world, &credential, Some(&receipt))
            },
        ),
        row(
            "no-status-list",
            Amber,
            "The certificate is signed as it should be, but there is no list of the certificates of XA on this device.",
            in_world(|w| w.with_status = false),
        ),
        row(
            "receipt-missing",
            Amber,
            "The certificate is signed as it should be, but the second code, the receipt, was not read.",
            but(Desk::new(), |d| d.receipt = None),
        ),
        row(
            "receipt-damaged",
            Amber,
            "The certificate is signed as it should be, but the second code, the receipt, is damaged.",
            but(Desk::new(), |d| d.receipt.as_mut().unwrap().push('!')),
        ),
        row(
            "trust-old",
            Amber,
            "The certificate is signed as it should be, but the lists on this device are 8 days old.",
            but(Desk::new(), |d| d.clock = Clock::reading(at("2026-02-18T10:00:00Z"))),
        ),
        row(
            "number-not-listed",
            Grey,
            "Number XA-000452 is not in the lists on this device; it may have been issued since they were made.",
            Desk::new().typed("xa 452", "8000-0000-00-T", None),
        ),
        row(
            "only-number-checked",
            Amber,
            "Number XA-000451 and its check code belong together and are registered; what the certificate says was not seen.",
            typed.typed("xa 451", &code_text.to_lowercase(), None),
        ),
        row(
            "technical",
            Amber,
            "This is a technical certificate, for seized goods; it is no certificate for a sale.",
            Desk::with(World::new(), |c| c.kind = Kind::Technical(Purpose::Seized)),
        ),
        row(
            "single-officer",
            Amber,
            "One officer alone signed this certificate, in an emergency that the law of its issuer provides for.",
            Desk::with(World::new(), |c| c.flags.single_officer = true),
        ),
        row(
            "key-revoked-after",
            Green,
            "The certificate is good: its key was revoked later, on 2026-02-09, and the log proves that it was signed before.",
            compromised(Desk::new(), 2, "2026-02-09T00:00:00Z"),
        ),
        row(
            "good",
            Green,
            "The certificate is good: it says what the authority signed and stands in the issuer's log.",
            Desk::new(),
        ),
    ]
}

fn rows() -> Vec<Row> {
    [read_and_signed(), numbers(), trade(), receipt_time_and_the_unknown()].into_iter().flatten().collect()
}

#[test]
fn every_reason_has_its_state_and_its_sentence() {
    let speaker = Speaker::new(Language::English);
    let nobody = key("nobody").public().id().to_string();
    let mut sentences = BTreeSet::new();
    for row in rows() {
        let verdict = row.desk.verdict();
        let said = speaker.sentence(&verdict);
        assert_eq!(verdict.reason().key(), row.key, "{verdict:?}");
        assert_eq!(verdict.state, row.state, "{}", row.key);
        let expected = row.sentence.replace("1f3b5f5e2a0f4b1c", &nobody);
        assert!(said.starts_with(&format!("{expected} Trust data")), "{}: {said}", row.key);
        assert!(sentences.insert(said), "{}: two reasons share a sentence", row.key);
        assert!(!speaker.next_step(verdict.next_step()).starts_with("next-"));
        for language in Language::ALL {
            let lines = Speaker::new(language).lines(&verdict).join(" ");
            let unfilled = lines.contains('{') || lines.contains("verdict-") || lines.contains("next-");
            assert!(!unfilled, "{language:?}: {lines}");
        }
    }
}

#[test]
fn every_reason_has_a_row() {
    let rows: Vec<&str> = rows().iter().map(|row| row.key).collect();
    assert_eq!(rows, Reason::order(), "the table stands in the order of the reasons");
}

#[test]
fn the_age_of_the_lists_is_said_always() {
    let speaker = Speaker::new(Language::English);
    assert!(speaker.sentence(&Desk::new().verdict()).ends_with("Trust data of 2026-02-10, 2 days old."));
    let without = but(Desk::new(), |desk| desk.without_lists = true).verdict();
    assert!(speaker.sentence(&without).ends_with("Trust data: none on this device."));
    let doubted = but(Desk::new(), |desk| desk.clock.doubted = true).verdict();
    assert_eq!(doubted.state, State::Grey);
    assert!(
        speaker
            .sentence(&doubted)
            .ends_with("Trust data of 2026-02-10; how old that is cannot be told by this clock.")
    );
    let fresh = but(Desk::new(), |desk| desk.clock = Clock::reading(at(LISTS_AT))).verdict();
    assert!(speaker.sentence(&fresh).ends_with("Trust data of 2026-02-10, less than a day old."));
}

#[test]
fn a_wrong_clock_does_not_hide_what_needs_none() {
    let clock = Clock::reading(at("2020-01-01T00:00:00Z"));
    let used = but(fated(Fated::Used), |desk| desk.clock = clock).verdict();
    assert_eq!((used.state, used.reason().key()), (State::Red, "used"));
    assert!(used.reasons.iter().any(|reason| reason.key() == "clock-not-trusted"));
    // The clock says 2020, but the lists are younger than the expiry.
    let expired =
        but(Desk::with(World::new(), |c| c.expires_at = at("2026-02-09T00:00:00Z")), |d| d.clock = clock);
    assert_eq!(expired.verdict().reason().key(), "expired");
}

#[test]
fn what_an_altered_certificate_says_is_not_shown() {
    let verdict = altered().verdict();
    assert_eq!(verdict.content, None);
    assert_eq!(Desk::new().verdict().content, Some(content(451)));
    assert_eq!(Desk::new().verdict().key_class, Some(kp_certificate::lists::KeyClass::Token));
}

#[test]
fn a_stolen_key_is_red_on_todays_lists_and_never_green() {
    // T11: forged today, dated yesterday; the lists of today know the key as good.
    let forged = unlisted(|c| c.issued_at = at("2026-02-09T09:00:00Z")).verdict();
    assert_eq!((forged.state, forged.reason().key()), (State::Red, "never-issued"));
    // Without a receipt and dated after the lists: amber, and red once the key is known to be stolen.
    let later = |c: &mut kp_certificate::Content| c.issued_at = at("2026-02-11T09:00:00Z");
    let ahead = but(unlisted(later), |desk| desk.receipt = None);
    assert_eq!(ahead.verdict().state, State::Amber);
    let known = compromised(ahead, 2, "2026-02-11T00:00:00Z").verdict();
    assert_eq!((known.state, known.reason().key()), (State::Red, "key-revoked-before"));
    // The list itself proves what ends before the compromise, though the receipt is torn off: green is then the receipt's.
    let torn = compromised(but(Desk::new(), |desk| desk.receipt = None), 2, "2026-02-09T00:00:00Z").verdict();
    assert_eq!((torn.state, torn.reason().key()), (State::Amber, "receipt-missing"));
}

#[test]
fn typed_numbers_of_papers_older_than_the_list_were_never_issued() {
    let typed = Desk::new().typed("XA-000452", "8000-0000-00-T", Some("2026-02-09")).verdict();
    assert_eq!((typed.state, typed.reason().key()), (State::Red, "never-issued"));
    let used = fated(Fated::Used);
    let code = used.code_text();
    assert_eq!(used.typed("XA-000451", &code, None).verdict().reason().key(), "used");
}

#[test]
fn keys_that_share_a_key_id_are_all_tried() {
    // Two keys with one id cannot be made here; the issuer's second key stands for the one that is tried next.
    let desk = signed_by("XA desk");
    let verdict = but(desk, |desk| {
        let credential = Credential::from_text(&desk.credential).unwrap();
        desk.world.status.certificates =
            kp_certificate::lists::Status::runs([(451, credential.short_hash())]);
    })
    .verdict();
    assert_eq!(verdict.state, State::Green);
    assert_eq!(verdict.key_class, Some(kp_certificate::lists::KeyClass::Software));
}
