//! A small world in memory, where a step is a few small numbers: most make sense somewhere, many do not.

use kp_db::Url;
use kp_log::{Failure, NodeKeys};
use kp_node::{ActFailure, Node};
use kp_terms::{Fields, Timestamp};

use super::recount;
use crate::office::signer;

/// How many kinds of steps there are.
pub(crate) const KINDS: usize = 33;
/// XA mines; XD is nobody.
const PLACES: [&str; 4] = ["XA", "XB", "XC", "XD"];

/// One step: what, about which number, where, and in which of its ways.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) kind: usize,
    pub(crate) number: u32,
    pub(crate) place: usize,
    pub(crate) turn: u8,
}

pub(crate) struct World {
    pub(crate) node: Node,
    pub(crate) now: Timestamp,
    /// Acts of people that were done.
    pub(crate) accepted: usize,
}

impl World {
    /// Three participants with their people and one exporter.
    pub(crate) fn new(url: &Url) -> Self {
        let keys = NodeKeys {
            signer: signer("test-node"),
            checkpoint_seed: [7; 32],
            documents: kp_log::DocumentKeys::default(),
        };
        let node = Node::in_database(url, keys).unwrap();
        let mut world = Self { node, now: "2026-02-03T08:00:00Z".parse().unwrap(), accepted: 0 };
        let founder = [("roles", "secretariat"), ("roles", "statistics")];
        world.officer("test-node", "scheme", "scheme-sec-1", &founder);
        // Signed by the node, not by a person.
        world.accepted = 0;
        for code in ["XA", "XB", "XC"] {
            world.admit(code, &["administrator", "clerk", "approver", "customs", "importer", "focal-point"]);
        }
        let licence = [
            ("participant", "XA"),
            ("licence_number", "XA-EXP-7"),
            ("holder", "River Stones"),
            ("address", "1 Market Road"),
            ("valid_from", "2026-01-01"),
            ("valid_until", "2026-12-31"),
        ];
        world.done("xa-administrator-1", "license_exporter", &licence);
        world
    }

    /// A participant with one officer for each role, the administrator first.
    pub(crate) fn admit(&mut self, code: &str, roles: &[&str]) {
        let admitted = [("code", code), ("name", code), ("member_from", "2025-01-01"), ("legal_act", "test")];
        self.done("scheme-sec-1", "admit_participant", &admitted);
        let lower = code.to_ascii_lowercase();
        let admin = format!("{lower}-administrator-1");
        for (index, role) in roles.iter().enumerate() {
            let by = if index == 0 { "scheme-sec-1" } else { admin.as_str() };
            self.officer(by, code, &format!("{lower}-{role}-1"), &[("roles", role)]);
        }
    }

    /// The same in memory.
    pub(crate) fn in_memory() -> Self {
        Self::new(&Url::Memory)
    }

    fn officer(&mut self, by: &str, body: &str, id: &str, roles: &[(&str, &str)]) {
        let key = kp_sign::hex(&signer(id).key.public().to_bytes());
        let mut named = vec![("body", body), ("officer_id", id), ("name", "A. Sample"), ("public_key", &key)];
        named.extend(roles);
        self.done(by, "name_officer", &named);
    }

    fn done(&mut self, by: &str, act: &str, typed: &[(&str, &str)]) {
        assert!(self.act(by, act, typed), "{act} by {by}");
    }

    /// Whether the act was done; a refusal leaves no trace, and nothing ever breaks.
    fn act(&mut self, by: &str, act: &str, typed: &[(&str, &str)]) -> bool {
        self.outcome(by, act, typed).is_ok()
    }

    /// What came of an act: done, or the refusal's short name.
    pub(crate) fn outcome(
        &mut self,
        by: &str,
        act: &str,
        typed: &[(&str, &str)],
    ) -> Result<(), &'static str> {
        let mut fields = Fields::new();
        for (name, value) in typed {
            fields.entry((*name).to_owned()).or_default().push((*value).to_owned());
        }
        self.now += jiff::SignedDuration::from_secs(1);
        let before = self.node.db().read(kp_log::last_position).unwrap();
        let refused = match self.node.perform(act, &fields, &signer(by), self.now) {
            Ok(receipt) => {
                assert!(receipt.position > before);
                self.accepted += 1;
                return Ok(());
            }
            Err(ActFailure::Failure(Failure::Error(broken))) => panic!("{act} by {by} broke: {broken:#}"),
            Err(ActFailure::Failure(Failure::Refused(refusal))) => refusal.key(),
            Err(ActFailure::Fields(problems)) => {
                assert!(!problems.is_empty());
                "does_not_read"
            }
        };
        assert_eq!(self.node.db().read(kp_log::last_position).unwrap(), before, "{act} left a trace");
        Err(refused)
    }

    /// Takes a step, whatever comes of it.
    pub(crate) fn take(&mut self, step: &Step) {
        let Step { kind, number: n, place, turn } = *step;
        let (place, reference) = (PLACES[place], format!("XA-A-{n}"));
        let number = if turn % 2 == 0 { format!("XA-{n:06}") } else { format!("xa {n}") };
        let (number, lower) = (number.as_str(), place.to_ascii_lowercase());
        // One time in six the wrong officer.
        let of = |code: &str, role: &str| match turn {
            5 => format!("{code}-customs-1"),
            _ => format!("{code}-{role}-1"),
        };
        let line = format!("7102.31 {}.00 9000.00", [10, 600][usize::from(turn % 2)]);
        let weight = ["10.00", "600.00", "9.99", "10.00", "5.50", "0"][usize::from(turn)];
        let case = format!("C-2026-{n:04}");
        match kind {
            0 => self.apply(&of("xa", "clerk"), &reference, place, &line),
            1 => self.tried(&of("xa", "clerk"), "draft_certificate", &[("application", &reference)]),
            2 => {
                let asked = [("application", reference.as_str()), ("number", number)];
                self.tried(&of("xa", "clerk"), "draft_certificate", &asked);
            }
            3 => self.tried(&of("xa", "approver"), "issue_certificate", &[("number", number)]),
            4 => {
                let sealed = [("number", number), ("carats_weighed", weight), ("seals", "1")];
                self.tried(&of("xa", "customs"), "validate_certificate", &sealed);
            }
            5 => self.tried(&of("xa", "customs"), "depart_shipment", &[("number", number)]),
            6 | 7 => {
                let day = ["", "2026-02-03", "2026-02-20", "1999-01-01", "2062-01-01", ""][usize::from(turn)];
                let arrived =
                    [("number", number), ("at", place), ("carats_received", weight), ("arrived_on", day)];
                self.tried(&of(&lower, "importer"), "record_arrival", &arrived);
            }
            8 => {
                let at = [("number", number), ("at", place)];
                self.tried(&of(&lower, "importer"), "confirm_receipt", &at);
            }
            9 => {
                let differs = [("number", number), ("at", place), ("explanation", "something differs")];
                self.tried(&of(&lower, "importer"), "report_difference", &differs);
            }
            10 => self.standing(place, turn),
            11 => self.capacity(turn),
            12 => {
                let line = ["nil", "production 10.00 1.00"][usize::from(turn % 2)];
                let reason = ["", "a mine was missing"][usize::from(turn > 2)];
                let sent = [("participant", place), ("half", "2025-H2"), ("lines", line), ("reason", reason)];
                self.tried(&of(&lower, "focal-point"), "submit_return", &sent);
            }
            13 => {
                let answered = [("case_number", case.as_str()), ("answer", "from stock")];
                self.tried(&of(&lower, "focal-point"), "answer_case", &answered);
                let asked = [("case_number", case.as_str()), ("question", "and the mines?")];
                self.tried("scheme-sec-1", if turn == 3 { "ask_question" } else { "answer_case" }, &asked);
            }
            14 => {
                let outcome = ["explained", "not_explained"][usize::from(turn % 2)];
                let closed = [("case_number", case.as_str()), ("outcome", outcome), ("reason", "so it is")];
                self.tried("scheme-sec-1", "close_case", &closed);
            }
            15..=20 => self.take_out_of_use(step),
            21..=29 => self.hold(step),
            30 | 31 => self.pass(step),
            _ => {
                self.now += jiff::SignedDuration::from_hours(24 * (i64::from(turn) * 7 + 1));
                self.node.reach_day(self.now).unwrap();
                assert!(!self.node.reach_day(self.now).unwrap(), "a day is stated once");
            }
        }
    }

    /// Deficiency and cure, replacement, void and lost paper, corrections.
    #[allow(clippy::too_many_lines, reason = "one arm for each act, read as a list")]
    fn take_out_of_use(&mut self, step: &Step) {
        let Step { kind, number: n, place, turn } = *step;
        let (place, number, reference) = (PLACES[place], format!("XA-{n:06}"), format!("XA-A-{n}"));
        let lower = place.to_ascii_lowercase();
        let (number, reference) = (number.as_str(), reference.as_str());
        match (kind, turn) {
            (15, 0..=3) => {
                let found = [("application", reference), ("reasons", "an invoice is missing")];
                self.tried("xa-clerk-1", "find_deficiency", &found);
            }
            (15, _) => {
                let rejected = [("application", reference), ("reason", "not cured")];
                self.tried("xa-approver-1", "reject_application", &rejected);
            }
            (16, _) => {
                self.content("xa-clerk-1", "cure_application", reference, "XB", "7102.31 20.00 900.00", "")
            }
            (17, 0..=2) => {
                let instead = format!("XA-A-{}", 10 + n);
                self.content(
                    "xa-clerk-1",
                    "apply_for_certificate",
                    &instead,
                    "XB",
                    "7102.31 10.00 900.00",
                    number,
                );
                let replaced = [
                    ("number", number),
                    ("application", &instead),
                    ("old_paper_handed_in", "yes"),
                    ("reason", "a name"),
                ];
                self.tried("xa-approver-1", "replace_certificate", &replaced);
            }
            (17, _) => {
                let void = [("number", number), ("reason", "false origin")];
                self.tried(
                    "xa-approver-1",
                    ["invalidate_certificate", "return_certificate"][usize::from(turn % 2)],
                    &void,
                );
            }
            (18, _) => {
                let mishap = ["lost", "stolen", "spoiled"][usize::from(turn % 3)];
                let reported = [
                    ("number", number),
                    ("participant", place),
                    ("mishap", mishap),
                    ("circumstances", "gone"),
                ];
                let role = if place == "XA" { "approver" } else { "importer" };
                self.tried(&format!("{lower}-{role}-1"), "report_paper", &reported);
            }
            (19, _) => {
                let reported = [("number", number), ("at", place), ("circumstances", "no watermark")];
                self.tried(&format!("{lower}-importer-1"), "report_counterfeit", &reported);
            }
            _ if turn < 3 => {
                let corrected = [
                    ("number", number),
                    ("field", ["importer-address", "carats", "importer-name"][usize::from(turn)]),
                    ("becomes", "6 Quay Street"),
                    ("reason", "a digit"),
                ];
                self.tried("xa-approver-1", "instruct_correction", &corrected);
            }
            _ => {
                let accepted = [("number", number), ("at", place), ("field", "importer-address")];
                self.tried(&format!("{lower}-importer-1"), "accept_correction", &accepted);
            }
        }
    }

    /// Goods that are held, and what becomes of them.
    fn hold(&mut self, step: &Step) {
        let Step { kind, number: n, place, turn } = *step;
        let (place, number) = (PLACES[place], format!("XA-{n:06}"));
        let (lower, lot) = (place.to_ascii_lowercase(), format!("{place}-L-{n}"));
        let at = [("number", number.as_str()), ("at", place)];
        let (importer, customs) = (format!("{lower}-importer-1"), format!("{lower}-customs-1"));
        let with = |more: &[(&'static str, &'static str)]| [&at, more].concat();
        match kind {
            21 | 22 => self.tried(&importer, "detain_shipment", &with(&[("reason", "seals")])),
            23 => self.tried(&importer, "release_shipment", &with(&[("remedy", "a misprint")])),
            24 => self.tried(&importer, "order_return", &with(&[("order", "order 4")])),
            25 => self.tried("xa-importer-1", "record_return", &with(&[("carats_received", "10.00")])),
            26 => {
                let seized = [("lot", lot.as_str()), ("carats", "10.00"), ("legal_basis", "order 5")];
                self.tried(&customs, "seize_shipment", &[&at[..], &seized[..]].concat());
            }
            27 if turn == 0 => self.tried(&importer, "release_seized", &with(&[("decision", "court 88")])),
            27 => self.tried(&customs, "forfeit_goods", &with(&[("decision", "court 89")])),
            28 => {
                let disposed = [
                    ("disposal", "destroyed"),
                    ("carats", "10.00"),
                    ("assurance", "crushed"),
                    ("notice", "Gazette"),
                ];
                self.tried(&importer, "dispose_forfeited", &with(&disposed));
            }
            _ => self.export_again(place, &number, &lot, turn),
        }
    }

    /// What came in leaves again, tied to its import; or a seized lot under a technical certificate.
    fn export_again(&mut self, place: &str, number: &str, lot: &str, turn: u8) {
        let lower = place.to_ascii_lowercase();
        let (reference, drawn) = (format!("{place}-A-{turn}"), format!("{number} 6.00"));
        let mut applied = vec![
            ("participant", place),
            ("application", reference.as_str()),
            ("licence_number", "none"),
            ("importer", "Far Gems"),
            ("importer_address", "9 Far Street"),
            ("destination", if place == "XC" { "XB" } else { "XC" }),
            ("origin", "XA"),
            ("parcels", "1"),
            ("lines", "7102.31 6.00 900.00"),
            ("declared_by", "M. Exporter"),
            ("certificate_kind", "technical"),
            ("exporter", "Customs store"),
        ];
        match turn % 2 {
            0 => applied.extend([("purpose", "research"), ("file_reference", "P-1"), ("sources", &drawn)]),
            _ => applied.extend([("purpose", "seized"), ("file_reference", lot)]),
        }
        self.tried(&format!("{lower}-clerk-1"), "apply_for_certificate", &applied);
    }

    /// Through a third territory.
    fn pass(&mut self, step: &Step) {
        let (place, number) = (PLACES[step.place], format!("XA-{:06}", step.number));
        let seal = ["1", "2"][usize::from(step.turn == 5)];
        let passing = [("number", number.as_str()), ("at", place), ("container", "BOX"), ("seals", seal)];
        let act = if step.kind == 30 { "record_transit_entry" } else { "record_transit_exit" };
        self.tried(&format!("{}-customs-1", place.to_ascii_lowercase()), act, &passing);
    }

    fn tried(&mut self, by: &str, act: &str, typed: &[(&str, &str)]) {
        self.act(by, act, typed);
    }

    fn apply(&mut self, by: &str, reference: &str, destination: &str, line: &str) {
        self.content(by, "apply_for_certificate", reference, destination, line, "");
    }

    fn content(
        &mut self,
        by: &str,
        act: &str,
        reference: &str,
        destination: &str,
        line: &str,
        replaces: &str,
    ) {
        let applied = [
            ("participant", "XA"),
            ("application", reference),
            ("licence_number", "XA-EXP-7"),
            ("importer", "Harbour Gems"),
            ("importer_address", "5 Quay Street"),
            ("destination", destination),
            ("origin", "XA"),
            ("parcels", "1"),
            ("lines", line),
            ("declared_by", "M. Exporter"),
            ("replaces", replaces),
        ];
        self.tried(by, act, &applied);
    }

    fn standing(&mut self, place: &str, turn: u8) {
        let standing = ["open", "suspended"][usize::from(turn == 1)];
        let now = self.now.to_string();
        let changed = [
            ("participant", place),
            ("standing", standing),
            ("effective_at", now.as_str()),
            ("legal_act", "invented"),
            ("under_way", ["release", "refuse"][usize::from(turn > 2)]),
        ];
        self.tried("scheme-sec-1", "change_standing", &changed);
    }

    fn capacity(&mut self, turn: u8) {
        let recorded = [
            ("participant", "XA"),
            ("high_carats", ["500", "5", "0"][usize::from(turn / 2)]),
            ("from_year", "2026"),
            ("source", "invented survey"),
            ("dated", "2026-01-01"),
        ];
        self.tried("scheme-sec-1", "record_capacity", &recorded);
    }

    /// Everything that must hold whatever was done.
    pub(crate) fn check(&self) {
        assert_eq!(self.node.verify_log().unwrap().faults, []);
        assert_eq!(self.node.rebuild_check().unwrap().differences, []);
        recount::check(&self.node, self.accepted);
    }
}
