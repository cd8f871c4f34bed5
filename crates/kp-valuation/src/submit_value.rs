//! Submit a value: sealed, so that nobody sees it before all required values are in; the last of them openly, because then
//! nobody can be swayed any more.
//!
//! Scheme: domain 7 (exporter, government, independent). Closes: L15 (values are blind), L19 (no two values from one
//! person). Appends `value_submitted`. Nothing of a sealed value is kept but the seal: rules/blind.rs.

#[cfg(test)]
mod tests;

use anyhow::{Context, Result};
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{ParticipantCode, Refuse, UsdCents};
use serde::{Deserialize, Serialize};

use crate::{
    Lot, Party, Stage, ValueLine, open_value, queries,
    rules::blind::{self, Place, Seal},
};

const RECORD_VALUE: Sql = sql!("record_value");

/// Most US$ of one line: 100,000,000,000.00. Ours.
const MOST_VALUE: UsdCents = UsdCents::from_cents(10_000_000_000_000);

kp_terms::form! {
    /// What the valuer types.
    pub struct Request {
        /// The lot.
        lot: String, "XA-L-17";
        /// Whose value: exporter (a clerk takes it down), government or independent.
        party: Party, "government";
        /// Condition of the goods; as presented where nothing is given.
        stage: Option<Stage>, "cleaned";
        /// For each line of the lot: class, size where there is one, and US$.
        values: Vec<ValueLine>, "7102.31 large 420000.00";
        /// The version of the price book that was used; the one in force where none is given.
        price_book: Option<String>, "2026-01";
    }
}

/// A value is submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueSubmitted {
    /// Who values.
    pub participant: ParticipantCode,
    /// Which lot.
    pub lot: String,
    /// Condition of the goods.
    pub stage: Stage,
    /// Whose value.
    pub party: Party,
    /// Who put it in.
    pub valued_by: String,
    /// The price book it was made with.
    pub price_book: Option<String>,
    /// The instant that went into the seal.
    pub sealed_at: String,
    /// Commits to the value; empty where it is open.
    pub commitment: String,
    /// The sealed value; empty where it is open.
    pub sealed: String,
    /// The value, where it is open because it is the last.
    pub lines: Vec<ValueLine>,
}

impl Statement for ValueSubmitted {
    const KIND: &'static str = "value_submitted";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.lot.clone()
    }
}

kp_terms::refusals! {
    /// Why a value is not taken.
    pub enum Refusal {
        /// Unknown lot.
        NoSuchLot { lot: String } = "no_such_lot", "there is no lot {lot}; open it first", "domain 7: goods are presented, then valued";
        /// Its values are open.
        ValuesOpen { lot: String, stage: Stage } = "values_are_open", "values of lot {lot} ({stage}) are open already; a value that comes now would not be blind", "L15: blind until all are in";
        /// It is in.
        ValueIsIn { lot: String, party: Party, stage: Stage } = "value_is_in", "the {party} value of lot {lot} ({stage}) is in; a value is given once", "L15: a value is stood by";
        /// The goods were cleaned since.
        StageIsPast { lot: String } = "stage_is_past", "lot {lot} has values of the cleaned goods; as they were presented they cannot be valued any more", "domain 7: before and after cleaning";
        /// One person, two values.
        SamePersonValuedTwice { lot: String, officer: String } = "same_person_valued_twice", "{officer} has put in another party's value of lot {lot}; each value comes from another person", "L15, L19: independent values";
        /// Other lines than the lot has.
        LinesDiffer { lot: String, lines: String } = "lines_differ_from_lot", "a value of lot {lot} has one line for each of: {lines}", "L15: the whole lot is valued";
        /// Nothing, or too much.
        NotAValue { sort: String } = "not_a_value", "{sort} must be worth more than US$ 0.00 and at most US$ 100,000,000,000.00", "CD Annex I.A: carats and value; limit ours";
        /// No such book.
        NoSuchPriceBook { version: String } = "no_such_price_book", "there is no price book {version}; record it first", "L15: values name their price book";
    }
}

struct Facts {
    officer: Officer,
    lot: Option<Lot>,
    /// Whether the named price book exists.
    has_book: bool,
    /// Versions of books in force, the latest last.
    in_force: Option<String>,
}

/// Submits a value.
///
/// # Errors
/// Refuses where the lot does not take it from this person, or its lines are not the lot's.
pub fn submit_value(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let lot = queries::lot_by_reference(tx, &request.lot)?;
    let mut facts = Facts { officer, lot, has_book: true, in_force: None };
    if let Some(lot) = &facts.lot {
        let books = queries::price_books_of_participant(tx, lot.participant)?;
        facts.has_book = request.price_book.as_ref().is_none_or(|v| books.iter().any(|b| b.version == *v));
        let today = desk.today();
        let known = books.iter().filter(|book| book.effective_from <= today);
        facts.in_force = known.max_by_key(|book| book.effective_from).map(|book| book.version.clone());
    }
    let plain = decide(&facts, request, &desk.now.to_string())?;
    let is_last = facts.lot.as_ref().is_some_and(|lot| lot.missing_at(plain.stage) == [plain.party]);
    let statement = if is_last { plain } else { sealed(plain, desk).map_err(Failure::Error)? };
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

/// The same statement with the value under the officer's seal.
fn sealed(plain: ValueSubmitted, desk: &Desk<'_>) -> Result<ValueSubmitted> {
    let place =
        Place { lot: &plain.lot, stage: plain.stage, party: plain.party, sealed_at: &plain.sealed_at };
    let key = blind::key(place, &desk.signer.key).context("sealing a value")?;
    let Seal { commitment, sealed } = blind::seal(&key, &plain.lines);
    Ok(ValueSubmitted { commitment, sealed, lines: Vec::new(), ..plain })
}

/// Whose value which role puts in.
const fn role_of(party: Party) -> Role {
    match party {
        Party::Exporter => Role::Clerk,
        Party::Government => Role::Valuer,
        Party::Independent => Role::IndependentValuer,
    }
}

fn decide(facts: &Facts, request: &Request, now: &str) -> Result<ValueSubmitted, Box<dyn Refuse>> {
    let Some(lot) = &facts.lot else {
        return Err(Refusal::NoSuchLot { lot: request.lot.clone() }.into());
    };
    let (party, stage) = (request.party, request.stage.unwrap_or(lot.stage()));
    may_act::of_participant(&facts.officer, role_of(party), lot.participant)?;
    check_place(lot, party, stage, &facts.officer.id)?;
    check_lines(lot, &request.values)?;
    if !facts.has_book {
        let version = request.price_book.clone().unwrap_or_default();
        return Err(Refusal::NoSuchPriceBook { version }.into());
    }
    Ok(ValueSubmitted {
        participant: lot.participant,
        lot: lot.lot.clone(),
        stage,
        party,
        valued_by: facts.officer.id.clone(),
        price_book: request.price_book.clone().or_else(|| facts.in_force.clone()),
        sealed_at: now.to_owned(),
        commitment: String::new(),
        sealed: String::new(),
        lines: request.values.clone(),
    })
}

/// Whether this party's value still has its place, and comes from a person of its own.
fn check_place(lot: &Lot, party: Party, stage: Stage, officer: &str) -> Result<(), Box<dyn Refuse>> {
    let reference = lot.lot.clone();
    if lot.values_at(stage).any(|value| value.opened_on.is_some()) {
        return Err(Refusal::ValuesOpen { lot: reference, stage }.into());
    }
    if lot.values_at(stage).any(|value| value.party == party) {
        return Err(Refusal::ValueIsIn { lot: reference, party, stage }.into());
    }
    if stage < lot.stage() {
        return Err(Refusal::StageIsPast { lot: reference }.into());
    }
    if lot.values.iter().any(|value| value.party != party && value.valued_by == officer) {
        return Err(Refusal::SamePersonValuedTwice { lot: reference, officer: officer.to_owned() }.into());
    }
    Ok(())
}

fn check_lines(lot: &Lot, lines: &[ValueLine]) -> Result<(), Box<dyn Refuse>> {
    let mut asked: Vec<_> = lot.goods.iter().map(|goods| &goods.sort).collect();
    let mut given: Vec<_> = lines.iter().map(|line| &line.sort).collect();
    asked.sort();
    given.sort();
    if asked != given {
        let lines = asked.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        return Err(Refusal::LinesDiffer { lot: lot.lot.clone(), lines }.into());
    }
    match lines.iter().find(|line| line.value <= UsdCents::ZERO || line.value > MOST_VALUE) {
        Some(line) => Err(Refusal::NotAValue { sort: line.sort.to_string() }.into()),
        None => Ok(()),
    }
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ValueSubmitted = entry.body()?;
    tx.execute(
        RECORD_VALUE,
        &[
            (&body.lot).into(),
            body.stage.word().into(),
            body.party.word().into(),
            (&body.valued_by).into(),
            (&entry.key_id.to_string()).into(),
            (&body.sealed_at).into(),
            (&body.commitment).into(),
            (&body.sealed).into(),
            body.price_book.as_ref().into(),
        ],
    )?;
    if !body.lines.is_empty() {
        open_value::put(tx, &body.lot, (body.stage, body.party), &body.lines, entry)?;
    }
    Ok(())
}
