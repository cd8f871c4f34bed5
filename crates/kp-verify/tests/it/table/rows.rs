//! The rows: for each reason what lies on the desk, the state, and the English sentence.

use kp_certificate::lists::{BlankState, Exclusion, MissingBlanks, Standing, State as Fated, UnderWay};
use kp_certificate::{Credential, Kind, Purpose};
use kp_verify::{Clock, Sighting, State};

use super::{Desk, Row, altered, but, compromised, fated, in_world, row, signed_by, unlisted};
use crate::world::{World, at, code, content, key};

pub(super) fn read_and_signed() -> Vec<Row> {
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
            "paper-number-differs",
            Red,
            "The paper bears the number XA-000452, and its code is that of certificate XA-000451.",
            but(Desk::new(), |d| d.paper.number = Some("XA-000452".parse().unwrap())),
        ),
        row(
            "paper-carats-differ",
            Red,
            "The paper says 86000.50 ct, and for certificate XA-000451 the authority signed 44124.00 ct.",
            but(Desk::new(), |d| d.paper.carats = Some("86000.50".parse().unwrap())),
        ),
        row(
            "paper-value-differs",
            Red,
            "The paper says 1.00 US$, and for certificate XA-000451 the authority signed 12697657.00 US$.",
            but(Desk::new(), |d| d.paper.value = Some("1.00".parse().unwrap())),
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

pub(super) fn numbers() -> Vec<Row> {
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

pub(super) fn trade() -> Vec<Row> {
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

pub(super) fn receipt_time_and_the_unknown() -> Vec<Row> {
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
