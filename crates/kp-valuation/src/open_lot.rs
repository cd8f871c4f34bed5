//! Open a lot: goods came in to be valued, for an application that was made or will be.
//!
//! Scheme: domain 7 (Sierra Leone: goods are presented by classes, weighed, sorted and valued by several). Appends
//! `lot_opened`. A lot is never changed: goods that turn out otherwise, or a value that nobody can open any more, need a
//! new lot for the same application; the earlier one stays on file and can be counted.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{
    Exporter, NationalRule, Officer, Role, rule_on,
    rules::{may_act, reference},
};
use kp_terms::{Carats, Date, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{Goods, LONGEST_REFERENCE, Lot, queries};

const RECORD_LOT: Sql = sql!("record_lot");
const RECORD_GOODS: Sql = sql!("record_goods");

/// Most values a lot can have.
const MOST_VALUES: u32 = 3;

kp_terms::form! {
    /// What the clerk types.
    pub struct Request {
        /// The participant that values.
        participant: ParticipantCode, "XA";
        /// The office's own reference, starting with the participant's code.
        lot: String, "XA-L-17";
        /// The application it is for, made or to be made.
        application: String, "XA-A-17";
        /// The exporter's licence number.
        licence_number: String, "XA-EXP-7";
        /// Class, size where the office sorts by size, and carats.
        goods: Vec<Goods>, "7102.31 large 1200.00";
        /// How many values must be in, where more than the national rule asks: 1 the government's, 2 the exporter's as well, 3 an independent one as well.
        values: Option<u32>, "3";
    }
}

/// A lot is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotOpened {
    /// The participant that values.
    pub participant: ParticipantCode,
    /// The lot's reference.
    pub lot: String,
    /// The application it is for.
    pub application: String,
    /// The exporter's licence.
    pub licence_number: String,
    /// What is in it.
    pub goods: Vec<Goods>,
    /// How many values must be in.
    pub required: u32,
    /// Who opened it.
    pub opened_by: String,
}

impl Statement for LotOpened {
    const KIND: &'static str = "lot_opened";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.lot.clone()
    }
}

kp_terms::refusals! {
    /// Why a lot is not opened.
    pub enum Refusal {
        /// A reference does not begin with the code or is too long.
        ReferenceNotOfParticipant { reference: String, code: ParticipantCode } = "lot_reference_not_of_participant",
            "the reference {reference} must start with {code} and a hyphen and have at most 24 characters: letters, digits, - / .", "references are unique across participants";
        /// The reference is in use.
        ReferenceTaken { reference: String } = "lot_reference_taken", "lot {reference} exists already; give the next free reference", "one lot, one reference";
        /// No such licence here.
        NoSuchLicence { licence_number: String } = "no_such_licence", "{licence_number} is not a licence of this participant", "CD Annex II.13";
        /// Nothing to value.
        NoGoods = "no_goods", "a lot holds goods; give class, size where there is one, and carats", "domain 7: goods are presented by classes";
        /// A class and size twice.
        GoodsTwice { sort: String } = "goods_twice", "{sort} stands twice; add the two lines up", "one line, one class and size";
        /// Nothing or less.
        NotAWeight { sort: String } = "goods_not_a_weight", "{sort} must have more than 0.00 carats and at most 1,000,000,000.00", "limit ours: the world digs some 120 million carats a year";
        /// One to three.
        NotACount { values: u32, least: u32 } = "not_a_count_of_values", "{values} values cannot be asked for; between {least}, which the national rule asks, and 3", "L15: exporter, government, independent";
    }
}

struct Facts {
    officer: Officer,
    existing: Option<Lot>,
    exporter: Option<Exporter>,
    /// What the national rule asks on this day.
    required: u32,
}

/// Opens a lot.
///
/// # Errors
/// Refuses where reference, licence or goods are not in order.
pub fn open_lot(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        existing: queries::lot_by_reference(tx, &request.lot)?,
        exporter: kp_registry::exporter_by_licence(tx, &request.licence_number)?,
        required: required_on(tx, request.participant, desk.today())?,
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

/// How many values the national rule asks for on a day.
pub(crate) fn required_on(tx: &mut Tx<'_>, participant: ParticipantCode, day: Date) -> Result<u32> {
    let sets = kp_registry::national_rules_of_participant(tx, participant)?;
    Ok(rule_on(&sets, NationalRule::ValuationsRequired, day).parse()?)
}

fn decide(facts: &Facts, request: &Request) -> Result<LotOpened, Box<dyn Refuse>> {
    let code = request.participant;
    may_act::of_participant(&facts.officer, Role::Clerk, code)?;
    for reference in [&request.lot, &request.application] {
        if !reference::belongs_to(reference, code, LONGEST_REFERENCE) {
            return Err(Refusal::ReferenceNotOfParticipant { reference: reference.clone(), code }.into());
        }
    }
    if facts.existing.is_some() {
        return Err(Refusal::ReferenceTaken { reference: request.lot.clone() }.into());
    }
    if facts.exporter.as_ref().is_none_or(|exporter| exporter.participant != code) {
        return Err(Refusal::NoSuchLicence { licence_number: request.licence_number.clone() }.into());
    }
    check_goods(&request.goods)?;
    let least = facts.required.max(1);
    let required = request.values.unwrap_or(least);
    if !(least..=MOST_VALUES).contains(&required) {
        return Err(Refusal::NotACount { values: required, least }.into());
    }
    Ok(LotOpened {
        participant: code,
        lot: request.lot.clone(),
        application: request.application.clone(),
        licence_number: request.licence_number.clone(),
        goods: request.goods.clone(),
        required,
        opened_by: facts.officer.id.clone(),
    })
}

fn check_goods(goods: &[Goods]) -> Result<(), Box<dyn Refuse>> {
    if goods.is_empty() {
        return Err(Refusal::NoGoods.into());
    }
    let most = Carats::from_hundredths(100_000_000_000);
    for (index, line) in goods.iter().enumerate() {
        let sort = line.sort.to_string();
        if goods.iter().take(index).any(|other| other.sort == line.sort) {
            return Err(Refusal::GoodsTwice { sort }.into());
        }
        if line.carats <= Carats::ZERO || line.carats > most {
            return Err(Refusal::NotAWeight { sort }.into());
        }
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: LotOpened = entry.body()?;
    tx.execute(
        RECORD_LOT,
        &[
            (&body.lot).into(),
            i64::try_from(entry.position)?.into(),
            body.participant.as_str().into(),
            (&body.application).into(),
            (&body.licence_number).into(),
            i64::from(body.required).into(),
            (&entry.on().to_string()).into(),
            (&body.opened_by).into(),
        ],
    )?;
    for goods in &body.goods {
        tx.execute(
            RECORD_GOODS,
            &[(&body.lot).into(), (&goods.sort.to_string()).into(), goods.carats.hundredths().into()],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::{Exporter, Role};
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::testing::*;

    #[test]
    fn each_reason_in_its_order() {
        let exporter = Exporter {
            licence_number: "XA-EXP-1".into(),
            participant: code("XB"),
            holder: "River Stones".into(),
            address: "1 Market Road".into(),
            valid_from: day("2026-01-01"),
            valid_until: day("2026-12-31"),
        };
        let facts = Facts {
            officer: officer("XB", Role::Clerk),
            existing: Some(lot()),
            exporter: Some(exporter),
            required: 2,
        };
        let request = Request {
            participant: code("XA"),
            lot: "L-1".into(),
            application: "A-1".into(),
            licence_number: "XA-EXP-1".into(),
            goods: Vec::new(),
            values: Some(1),
        };
        let opened = refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Valuer)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("lot_reference_not_of_participant", |w| w.1.lot = "XA-L-1".into()),
                ("lot_reference_not_of_participant", |w| w.1.application = "XA-A-1".into()),
                ("lot_reference_taken", |w| w.0.existing = None),
                ("no_such_licence", |w| w.0.exporter.as_mut().unwrap().participant = code("XA")),
                ("no_goods", |w| w.1.goods = vec!["7102.31 0.00".parse().unwrap()]),
                ("goods_not_a_weight", |w| {
                    w.1.goods = vec!["7102.31 1.00".parse().unwrap(), "7102.31 2.00".parse().unwrap()];
                }),
                ("goods_twice", |w| w.1.goods[1] = "7102.31 small 2.00".parse().unwrap()),
                ("not_a_count_of_values", |w| w.1.values = Some(4)),
                ("not_a_count_of_values", |w| w.1.values = None),
            ],
        );
        assert_eq!((opened.required, opened.goods.len()), (2, 2));
    }
}
