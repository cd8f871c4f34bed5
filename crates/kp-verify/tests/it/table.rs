//! One row for each reason: what is presented, the state, and the English sentence. A reason without a row fails a test.

mod rows;
mod vectors;

use std::collections::BTreeSet;

use kp_certificate::lists::{Compromise, Cut, State as Fated};
use kp_certificate::{Credential, Receipt};
use kp_verify::{Clock, Code, Language, OnPaper, Presented, Reason, Seen, Speaker, State, Verdict, verify};

use crate::world::{LISTS_AT, World, at, content, key};

const NOW: &str = "2026-02-12T10:00:00Z";

/// What lies on the desk, and the desk.
struct Desk {
    world: World,
    credential: String,
    receipt: Option<String>,
    typed: Option<(String, String, Option<&'static str>)>,
    nothing: bool,
    paper: OnPaper,
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
            paper: OnPaper::NOTHING,
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
                paper: &self.paper,
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
        desk.world.trust[0].document_keys[0].compromise = Some(Compromise {
            cuts: vec![Cut { log: "kp.XA/2026".into(), first_untrusted }],
            noted_at: at(noted_at),
        });
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

fn rows() -> Vec<Row> {
    [rows::read_and_signed(), rows::numbers(), rows::trade(), rows::receipt_time_and_the_unknown()]
        .into_iter()
        .flatten()
        .collect()
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
fn a_paper_that_says_what_was_signed_changes_nothing() {
    let paper = OnPaper {
        number: Some("xa 451".parse().unwrap()),
        carats: Some("44124".parse().unwrap()),
        value: Some("12697657.00".parse().unwrap()),
    };
    let verdict = but(Desk::new(), |desk| desk.paper = paper).verdict();
    assert_eq!((verdict.state, verdict.reason().key()), (State::Green, "good"), "{verdict:?}");
    // Every figure that differs is said, and none of a certificate that nobody signed.
    let wrong = OnPaper {
        number: Some("XA-1".parse().unwrap()),
        carats: Some("1".parse().unwrap()),
        value: Some("1".parse().unwrap()),
    };
    let differs = |desk: Desk| {
        let verdict = but(desk, |desk| desk.paper = wrong.clone()).verdict();
        verdict.reasons.iter().filter(|reason| reason.key().starts_with("paper-")).count()
    };
    assert_eq!((differs(Desk::new()), differs(altered())), (3, 0));
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
