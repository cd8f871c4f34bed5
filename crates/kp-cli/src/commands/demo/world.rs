//! The invented world of the demonstration: Examplia (XA) mines and exports, Sampleland (XB) imports. Who does what, day
//! by day, through the same acts that everybody uses. No participant, officer, firm or figure here is real.
//!
//! What it holds on purpose: a key made before two custodians; a life from application to confirmation; a difference on
//! arrival; more exports in a year than the ground can give; a shipment that nobody confirms; one number presented twice;
//! two printed sheets; and work waiting at desks.

use std::borrow::Cow;

/// How many days before the present the world begins.
pub(super) const DAYS: i64 = 75;

/// One act of one officer.
#[derive(Debug, Clone)]
pub(super) struct Step {
    /// Days since the world began.
    pub(super) day: i64,
    /// Who acts.
    pub(super) officer: Cow<'static, str>,
    /// Which act of the catalogue; `load_returns` takes over the real figures.
    pub(super) act: &'static str,
    /// Field and value. `@7` is the date seven days after the beginning; `case:NAME` is the number of the case about
    /// what the detector of that name found; `key:XA` the id of XA's document key; `record:ceremony` the hash of
    /// [`CEREMONY`].
    fields: StepFields,
}

/// Fields as they were written here, or made by rule.
#[derive(Debug, Clone)]
enum StepFields {
    Written(&'static [(&'static str, &'static str)]),
    Made(Vec<(&'static str, String)>),
}

impl Step {
    /// Field and value, in order.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let written: &[(&'static str, &'static str)] = match &self.fields {
            StepFields::Written(written) => written,
            StepFields::Made(_) => &[],
        };
        let made: &[(&'static str, String)] = match &self.fields {
            StepFields::Written(_) => &[],
            StepFields::Made(made) => made,
        };
        written.iter().copied().chain(made.iter().map(|(name, value)| (*name, value.as_str())))
    }
}

/// A step that was made by rule.
pub(super) fn made(day: i64, officer: &str, act: &'static str, fields: &[(&'static str, &str)]) -> Step {
    let fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Step { day, officer: Cow::Owned(officer.to_owned()), act, fields: StepFields::Made(fields) }
}

const fn step(
    day: i64,
    officer: &'static str,
    act: &'static str,
    fields: &'static [(&'static str, &'static str)],
) -> Step {
    Step { day, officer: Cow::Borrowed(officer), act, fields: StepFields::Written(fields) }
}

/// The act that registers the key under which certificates are signed; the key itself is made when it is played.
pub(super) const REGISTER_KEY: &str = "register_document_key";

/// What the custodians put on record; its hash stands in the log, and the text in the demonstration's folder.
pub(super) const CEREMONY: &str = "\
Examplia Government Diamond Office, strong room. Invented record of an invented ceremony.
1. The room was searched; two custodians and nobody else were present.
2. The key was made on the office's own machine, and its id read aloud by both.
3. It lies open on that machine, because a demonstration must sign again after a power cut with nobody there.
Signed: K. Custodian, L. Custodian
";

/// The act that takes over the real returns.
pub(super) const LOAD_RETURNS: &str = "load_returns";

/// What an application of the world says beside its reference, line and licence.
macro_rules! application {
    ($day:literal, $reference:literal, $licence:literal, $line:literal) => {
        step(
            $day,
            "xa-clerk",
            "apply_for_certificate",
            &[
                ("participant", "XA"),
                ("application", $reference),
                ("licence_number", $licence),
                ("importer", "Harbour Gems BV"),
                ("importer_address", "5 Quay Street, Port Sample"),
                ("destination", "XB"),
                ("origin", "XA"),
                ("parcels", "1"),
                ("lines", $line),
                ("declared_by", "M. Exporter"),
            ],
        )
    };
}

macro_rules! draft {
    ($day:literal, $reference:literal) => {
        step($day, "xa-clerk", "draft_certificate", &[("application", $reference)])
    };
}

macro_rules! issue {
    ($day:literal, $number:literal) => {
        step($day, "xa-approver", "issue_certificate", &[("number", $number)])
    };
}

macro_rules! validate {
    ($day:literal, $number:literal, $carats:literal, $seal:literal) => {
        step(
            $day,
            "xa-customs",
            "validate_certificate",
            &[("number", $number), ("carats_weighed", $carats), ("seals", $seal)],
        )
    };
}

macro_rules! print {
    ($day:literal, $number:literal) => {
        step($day, "xa-clerk", "print_certificate", &[("number", $number)])
    };
}

macro_rules! depart {
    ($day:literal, $number:literal) => {
        step($day, "xa-customs", "depart_shipment", &[("number", $number)])
    };
}

macro_rules! arrive {
    ($day:literal, $number:literal, $carats:literal) => {
        step(
            $day,
            "xb-importer",
            "record_arrival",
            &[("number", $number), ("at", "XB"), ("carats_received", $carats)],
        )
    };
}

macro_rules! confirm {
    ($day:literal, $number:literal) => {
        step($day, "xb-importer", "confirm_receipt", &[("number", $number), ("at", "XB")])
    };
}

macro_rules! officer {
    ($by:literal, $body:literal, $id:literal, $name:literal, $role:literal) => {
        step(
            0,
            $by,
            "name_officer",
            &[("body", $body), ("officer_id", $id), ("name", $name), ("roles", $role)],
        )
    };
    ($by:literal, $body:literal, $id:literal, $name:literal, $role:literal, $authority:literal) => {
        step(
            0,
            $by,
            "name_officer",
            &[
                ("body", $body),
                ("officer_id", $id),
                ("name", $name),
                ("roles", $role),
                ("authority_id", $authority),
            ],
        )
    };
}

/// Everything that happens, in order.
pub(super) const STEPS: &[Step] = &[
    // The scheme and its participants.
    officer!("scheme-secretary", "scheme", "scheme-statistics", "S. Statistician", "statistics"),
    step(0, "scheme-statistics", LOAD_RETURNS, &[]),
    step(
        0,
        "scheme-secretary",
        "admit_participant",
        &[
            ("code", "XA"),
            ("name", "Examplia"),
            ("member_from", "2020-01-01"),
            ("legal_act", "invented decision 1"),
        ],
    ),
    step(
        0,
        "scheme-secretary",
        "admit_participant",
        &[
            ("code", "XB"),
            ("name", "Sampleland"),
            ("member_from", "2020-01-01"),
            ("legal_act", "invented decision 2"),
        ],
    ),
    officer!("scheme-secretary", "XA", "xa-admin", "A. Administrator", "administrator"),
    officer!("scheme-secretary", "XB", "xb-admin", "B. Administrator", "administrator"),
    step(
        0,
        "xa-admin",
        "name_authority",
        &[
            ("participant", "XA"),
            ("authority_id", "xa-gdo"),
            ("name", "Examplia Government Diamond Office"),
            ("duty", "both"),
        ],
    ),
    step(
        0,
        "xb-admin",
        "name_authority",
        &[
            ("participant", "XB"),
            ("authority_id", "xb-dia"),
            ("name", "Sampleland Diamond Import Authority"),
            ("duty", "importing"),
        ],
    ),
    officer!("xa-admin", "XA", "xa-clerk", "C. Clerk", "clerk", "xa-gdo"),
    officer!("xa-admin", "XA", "xa-approver", "D. Approver", "approver", "xa-gdo"),
    officer!("xa-admin", "XA", "xa-customs", "E. Customs", "customs", "xa-gdo"),
    officer!("xa-admin", "XA", "xa-focal", "F. Focal-Point", "focal-point", "xa-gdo"),
    officer!("xa-admin", "XA", "xa-custodian-1", "K. Custodian", "custodian", "xa-gdo"),
    officer!("xa-admin", "XA", "xa-custodian-2", "L. Custodian", "custodian", "xa-gdo"),
    officer!("xb-admin", "XB", "xb-importer", "G. Importer", "importer", "xb-dia"),
    officer!("xb-admin", "XB", "xb-focal", "H. Focal-Point", "focal-point", "xb-dia"),
    step(
        0,
        "scheme-statistics",
        "record_capacity",
        &[
            ("participant", "XA"),
            ("high_carats", "20000.00"),
            ("from_year", "2020"),
            ("source", "invented survey, table 2"),
            ("dated", "2020-01-15"),
        ],
    ),
    step(
        0,
        "xa-admin",
        "license_exporter",
        &[
            ("participant", "XA"),
            ("licence_number", "XA-EXP-7"),
            ("holder", "River Stones Ltd"),
            ("address", "1 Market Road, Port Example"),
            ("valid_from", "@0"),
            ("valid_until", "@365"),
        ],
    ),
    // The key that signs certificates: made before one custodian, in force once the second has witnessed it.
    step(
        1,
        "xa-custodian-1",
        REGISTER_KEY,
        &[
            ("participant", "XA"),
            ("authority_id", "xa-gdo"),
            ("key_class", "software"),
            ("valid_from", "@1"),
            ("signs_until", "@360"),
            ("custodians", "K. Custodian"),
            ("custodians", "L. Custodian"),
            ("place", "Diamond office, strong room"),
            ("record_hash", "record:ceremony"),
        ],
    ),
    step(
        1,
        "xa-custodian-2",
        "witness_ceremony",
        &[("participant", "XA"), ("key_id", "key:XA"), ("record_hash", "record:ceremony")],
    ),
    // A whole life.
    application!(2, "XA-A-1", "XA-EXP-7", "7102.31 1200.00 420000.00"),
    draft!(2, "XA-A-1"),
    issue!(3, "XA-000001"),
    validate!(4, "XA-000001", "1200.00", "77120-A"),
    depart!(4, "XA-000001"),
    arrive!(7, "XA-000001", "1200.00"),
    confirm!(8, "XA-000001"),
    // A difference on arrival: weighed, asked about, explained.
    application!(9, "XA-A-2", "XA-EXP-7", "7102.21 800.00 56000.00"),
    draft!(9, "XA-A-2"),
    issue!(10, "XA-000002"),
    validate!(11, "XA-000002", "800.00", "77121-A"),
    depart!(11, "XA-000002"),
    arrive!(14, "XA-000002", "788.00"),
    step(
        15,
        "xb-importer",
        "report_difference",
        &[
            ("number", "XA-000002"),
            ("at", "XB"),
            ("explanation", "12.00 ct less than certified; the seal was intact; weighed twice"),
        ],
    ),
    // More than the ground can give in a year.
    application!(17, "XA-A-3", "XA-EXP-7", "7102.31 36000.00 12600000.00"),
    draft!(17, "XA-A-3"),
    issue!(18, "XA-000003"),
    validate!(19, "XA-000003", "36000.00", "77122-A"),
    depart!(19, "XA-000003"),
    arrive!(22, "XA-000003", "36000.00"),
    confirm!(23, "XA-000003"),
    step(
        40,
        "xa-focal",
        "answer_case",
        &[
            ("case_number", "case:exports_above_capacity"),
            (
                "answer",
                "Stock of 31,000 ct from the year before was exported; the inventory of 31 December is attached.",
            ),
        ],
    ),
    // One number presented twice: the second paper is somebody's copy.
    application!(26, "XA-A-4", "XA-EXP-7", "7102.31 950.00 310000.00"),
    draft!(26, "XA-A-4"),
    issue!(27, "XA-000004"),
    validate!(28, "XA-000004", "950.00", "77123-A"),
    print!(28, "XA-000004"),
    depart!(28, "XA-000004"),
    arrive!(31, "XA-000004", "950.00"),
    confirm!(31, "XA-000004"),
    arrive!(44, "XA-000004", "610.00"),
    // Left, and never heard of again.
    application!(33, "XA-A-5", "XA-EXP-7", "7102.10 400.00 36000.00"),
    draft!(33, "XA-A-5"),
    issue!(34, "XA-000005"),
    validate!(35, "XA-000005", "400.00", "77124-A"),
    depart!(35, "XA-000005"),
    // Work that waits at the desks.
    application!(70, "XA-A-6", "XA-EXP-7", "7102.31 700.00 245000.00"),
    draft!(70, "XA-A-6"),
    issue!(71, "XA-000006"),
    validate!(72, "XA-000006", "700.00", "77125-A"),
    print!(72, "XA-000006"),
    application!(72, "XA-A-7", "XA-EXP-7", "7102.31 640.00 230000.00"),
    draft!(73, "XA-A-7"),
    application!(74, "XA-A-8", "XA-EXP-7", "7102.21 300.00 21000.00"),
    application!(74, "XA-A-9", "XA-EXP-7", "7102.31 510.00 178000.00"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_and_field_is_known_and_days_fit() {
        for step in STEPS.iter().filter(|step| step.act != LOAD_RETURNS) {
            let act = kp_node::act_by_name(step.act).unwrap_or_else(|| panic!("{}", step.act));
            for (field, _) in step.pairs() {
                assert!(act.fields.iter().any(|known| known.name == field), "{}: {field}", step.act);
            }
            assert!((0..DAYS).contains(&step.day));
        }
    }
}
