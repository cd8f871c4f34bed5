//! A small world in memory, where a step is a few small numbers: most make sense somewhere, many do not.

use kp_db::Url;
use kp_log::{Failure, NodeKeys};
use kp_node::{ActFailure, Node};
use kp_terms::{Fields, Timestamp};

use super::recount;
use crate::office::signer;

/// How many kinds of steps there are.
pub(crate) const KINDS: usize = 16;
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
            let admitted =
                [("code", code), ("name", code), ("member_from", "2025-01-01"), ("legal_act", "test")];
            world.done("scheme-sec-1", "admit_participant", &admitted);
            let lower = code.to_ascii_lowercase();
            let admin = format!("{lower}-administrator-1");
            let roles = ["administrator", "clerk", "approver", "customs", "importer", "focal-point"];
            for (index, role) in roles.into_iter().enumerate() {
                let by = if index == 0 { "scheme-sec-1" } else { admin.as_str() };
                world.officer(by, code, &format!("{lower}-{role}-1"), &[("roles", role)]);
            }
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
        let mut fields = Fields::new();
        for (name, value) in typed {
            fields.entry((*name).to_owned()).or_default().push((*value).to_owned());
        }
        self.now += jiff::SignedDuration::from_secs(1);
        let before = self.node.db().read(kp_log::last_position).unwrap();
        match self.node.perform(act, &fields, &signer(by), self.now) {
            Ok(receipt) => {
                assert!(receipt.position > before);
                self.accepted += 1;
                true
            }
            Err(ActFailure::Failure(Failure::Error(broken))) => panic!("{act} by {by} broke: {broken:#}"),
            Err(_) => {
                assert_eq!(self.node.db().read(kp_log::last_position).unwrap(), before, "{act} left a trace");
                false
            }
        }
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
            _ => {
                self.now += jiff::SignedDuration::from_hours(24 * (i64::from(turn) * 7 + 1));
                self.node.reach_day(self.now).unwrap();
                assert!(!self.node.reach_day(self.now).unwrap(), "a day is stated once");
            }
        }
    }

    fn tried(&mut self, by: &str, act: &str, typed: &[(&str, &str)]) {
        self.act(by, act, typed);
    }

    fn apply(&mut self, by: &str, reference: &str, destination: &str, line: &str) {
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
        ];
        self.tried(by, "apply_for_certificate", &applied);
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
